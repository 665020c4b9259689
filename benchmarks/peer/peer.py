"""The peer: document 004's design in FastAPI at its best, one statement a request.

    PEER_DATABASE="host=127.0.0.1 port=5432 dbname=pregao user=... password=..." \
        /usr/bin/python3 -m uvicorn peer:app --port 8090 --workers 1 --no-access-log

It answers the same calls, so the same load client measures it. Its tables are in a schema
of their own, which it makes anew at each start and which may be dropped afterwards.
"""

import json
import os
from datetime import datetime

import psycopg
from fastapi import FastAPI, Request, Response

TABLES = """
drop schema if exists peer cascade;
create schema peer;
create table peer.market_data (
    symbol text not null, timeframe text not null, ts timestamptz not null,
    open numeric(18,8) not null, high numeric(18,8) not null, low numeric(18,8) not null, close numeric(18,8) not null,
    volume numeric(18,2) default 0, spread numeric(18,8), created_at timestamptz default now(),
    primary key (symbol, timeframe, ts));
create index on peer.market_data (symbol, timeframe, ts desc);
create index on peer.market_data (ts desc);
create table peer.market_data_raw (
    id bigserial primary key, symbol text not null, data jsonb not null, received_at timestamptz default now());
create index on peer.market_data_raw (symbol);
create index on peer.market_data_raw (received_at desc);
"""

CANDLES = """
insert into peer.market_data (symbol, timeframe, ts, open, high, low, close, volume)
select * from unnest(%s::text[], %s::text[], %s::timestamptz[],
                     %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[])
on conflict do nothing
returning symbol, timeframe, ts
"""

TICKS = "insert into peer.market_data_raw (symbol, data) select * from unnest(%s::text[], %s::jsonb[])"

MINUTES = {"M1": 1, "M5": 5, "M15": 15, "M30": 30, "H1": 60, "H4": 240, "D1": 1440}

app = FastAPI()
connection = None


@app.on_event("startup")
async def connect():
    global connection
    connection = await psycopg.AsyncConnection.connect(os.environ["PEER_DATABASE"], autocommit=True)
    await connection.execute(TABLES)


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def bucket(ts, timeframe):
    minutes = (ts.hour * 60 + ts.minute) // MINUTES[timeframe] * MINUTES[timeframe]
    return ts.replace(hour=minutes // 60, minute=minutes % 60, second=0, microsecond=0)


def answer(value):
    return Response(json.dumps(value, separators=(",", ":")), media_type="application/json")


@app.post("/ingest_batch")
async def candles(request: Request):
    items = await request.json()
    times = [bucket(moment(item["ts"]), item["timeframe"]) for item in items]
    columns = [[item[name] for item in items] for name in ("symbol", "timeframe")]
    prices = [[item[name] for item in items] for name in ("open", "high", "low", "close", "volume")]
    rows = await (await connection.execute(CANDLES, [*columns, times, *prices])).fetchall()
    stored = set(rows)
    details = [{"symbol": item["symbol"], "timeframe": item["timeframe"], "ts_original": item["ts"],
                "ts_bucket": ts.isoformat(),
                "status": "inserted" if (item["symbol"], item["timeframe"], ts) in stored else "duplicate"}
               for item, ts in zip(items, times)]
    return answer({"ok": True, "received": len(items), "inserted": len(stored),
                   "duplicates": len(items) - len(stored), "details": details})


@app.post("/ingest/tick")
async def ticks(request: Request):
    items = (await request.json())["ticks"]
    grouped = {}
    for item in items:
        moment(item["ts"])
        grouped.setdefault(item["symbol"], []).append({"ts": item["ts"], "bid": item["bid"], "ask": item["ask"]})
    await connection.execute(TICKS, [list(grouped), [json.dumps(each) for each in grouped.values()]])
    return answer({"ok": True, "received": len(items)})
