"""The design this product is measured against: an HTTP API in Python that writes straight to PostgreSQL.

Written for the benchmark from the description of that design: FastAPI with Pydantic models, psycopg, one process.
Candles go in by one INSERT a request (the faster of its two forms; PEER_FORM=rows is the other), ticks as one JSONB row a
symbol and request. Nothing else is done, so it is the peer at its best.

    PEER_DATABASE="host=127.0.0.1 dbname=pregao user=... password=..." uvicorn --app-dir benchmarks/peer peer:app --port 18002

Its tables are in a schema of their own, made anew at each start.
"""

import json
import os
from datetime import datetime, timezone
from typing import List, Optional

import psycopg
from fastapi import FastAPI
from pydantic import BaseModel

SECONDS = {"M1": 60, "M5": 300, "M15": 900, "M30": 1800, "H1": 3600, "H4": 14400, "D1": 86400}

app = FastAPI()
connection = psycopg.connect(os.environ["PEER_DATABASE"], autocommit=False)
one_statement = os.environ.get("PEER_FORM", "statement") == "statement"

with connection.cursor() as setup:
    setup.execute(
        """
        DROP SCHEMA IF EXISTS peer CASCADE;
        CREATE SCHEMA peer;
        SET search_path = peer;
        CREATE TABLE market_data (
            symbol text NOT NULL, timeframe text NOT NULL, ts timestamptz NOT NULL,
            open numeric(18,8) NOT NULL, high numeric(18,8) NOT NULL, low numeric(18,8) NOT NULL, close numeric(18,8) NOT NULL,
            volume numeric(18,2), spread numeric(18,8), created_at timestamptz DEFAULT now(),
            PRIMARY KEY (symbol, timeframe, ts));
        CREATE INDEX ON market_data (symbol, timeframe, ts DESC);
        CREATE INDEX ON market_data (ts DESC);
        CREATE TABLE market_data_raw (
            id bigserial PRIMARY KEY, symbol text NOT NULL, data jsonb NOT NULL, received_at timestamptz DEFAULT now());
        CREATE INDEX ON market_data_raw (symbol);
        CREATE INDEX ON market_data_raw (received_at DESC)
        """
    )
connection.commit()


class Candle(BaseModel):
    symbol: str
    timeframe: str
    ts: datetime
    open: float
    high: float
    low: float
    close: float
    volume: float = 0
    spread: Optional[float] = None


class Tick(BaseModel):
    symbol: str
    ts: datetime
    bid: float
    ask: float


class Ticks(BaseModel):
    ticks: List[Tick]


def bucket(ts: datetime, timeframe: str) -> datetime:
    seconds = int(ts.timestamp())
    return datetime.fromtimestamp(seconds - seconds % SECONDS[timeframe], timezone.utc)


def row(candle: Candle) -> tuple:
    return (
        candle.symbol, candle.timeframe, bucket(candle.ts, candle.timeframe), candle.open, candle.high, candle.low,
        candle.close, candle.volume, candle.spread,
    )


INSERT = "INSERT INTO market_data (symbol, timeframe, ts, open, high, low, close, volume, spread) VALUES "
VALUES = "(%s,%s,%s,%s,%s,%s,%s,%s,%s)"
CONFLICT = " ON CONFLICT (symbol, timeframe, ts) DO NOTHING"


@app.post("/ingest_batch")
def ingest_batch(candles: List[Candle]):
    rows = [row(candle) for candle in candles]
    with connection.cursor() as cursor:
        if one_statement:
            cursor.execute(INSERT + ",".join([VALUES] * len(rows)) + CONFLICT, [value for r in rows for value in r])
            inserted = cursor.rowcount
        else:
            inserted = 0
            for r in rows:
                cursor.execute(INSERT + VALUES + CONFLICT, r)
                inserted += cursor.rowcount
    connection.commit()
    details = [
        {"symbol": c.symbol, "timeframe": c.timeframe, "ts_original": c.ts, "ts_bucket": r[2], "status": "inserted"}
        for c, r in zip(candles, rows)
    ]
    return {"ok": True, "received": len(rows), "inserted": inserted, "duplicates": len(rows) - inserted, "details": details}


@app.post("/ingest/tick")
def ingest_tick(body: Ticks):
    by_symbol: dict = {}
    for tick in body.ticks:
        by_symbol.setdefault(tick.symbol, []).append({"ts": tick.ts.isoformat(), "bid": tick.bid, "ask": tick.ask})
    with connection.cursor() as cursor:
        for symbol, ticks in by_symbol.items():
            cursor.execute("INSERT INTO market_data_raw (symbol, data) VALUES (%s, %s)", (symbol, json.dumps(ticks)))
    connection.commit()
    details = [
        {"symbol": t.symbol, "ts_original": t.ts, "ts_bucket": bucket(t.ts, "M1"), "status": "received"} for t in body.ticks
    ]
    return {"ok": True, "received": len(body.ticks), "details": details}
