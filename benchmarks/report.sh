#!/usr/bin/env bash
# The rows of speed that exist so far: us, the peer and the limit in one run, against the system that runs here,
# then the inner loops beside their peers, and at the end one table of it all. Takes about ten minutes.
#   ./pregao start -d && benchmarks/report.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=benchmarks/gateway-env
source benchmarks/gateway-env

home=${PREGAO_HOME:-.pregao}
key=$(./pregao credentials --key)
password=$(sed -n 's/^postgres=//p' "$home/postgres/credentials")
status=$(./pregao status --json)
address="jdbc:postgresql://127.0.0.1:$(port_of postgres)/pregao"
ingest="http://127.0.0.1:$(port_of ingest)"
day=$(printf '20%02d' $((RANDOM % 20)))

figures=benchmarks/target/figures
rm -f "$figures"

# CPU-seconds of all processes of PostgreSQL so far.
postgres_cpu() {
  local ticks=0 stat
  for stat in $(pgrep -x postgres | sed 's|.*|/proc/&/stat|'); do
    ticks=$((ticks + $(cut -d' ' -f14 "$stat" 2>/dev/null || echo 0) + $(cut -d' ' -f15 "$stat" 2>/dev/null || echo 0)))
  done
  echo "$ticks"
}

# load FIGURES WHAT OPTIONS: what is found is kept under the first name.
load() {
  local as=$1 what=$2 before
  before=$(postgres_cpu)
  shift 2
  echo "== $what $*"
  "$java" -Xmx512m -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow \
    -cp "$classes" pregao.benchmark.load.LoadGenerator "$what" \
    --key="$key" --user=postgres --password="$password" --database="$address" --kafka="127.0.0.1:$(port_of kafka)" --figures="$figures" --as="$as" "$@" 2>&1 |
    grep -v -e DEBUG -e SLF4J
  awk -v t=$(($(postgres_cpu) - before)) -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "  postgres: %.2f CPU-seconds\n", t / hz }'
}

# The largest of three looks at the lag of whoever is further behind.
lag() {
  local most=0 records
  for _ in 1 2 3; do
    sleep 8
    records=$(./pregao status --json | grep -o "\"[a-z]* $1\":[0-9]*" | cut -d: -f2 | sort -n | tail -1 || true)
    echo "lag on topic $1: ${records:-unknown}"
    [[ "${records:-0}" -le "$most" ]] || most=$records
  done
  echo "sustained.$1s.lag=$most" >>"$figures"
}

us="$(pid_of ingest),$(pid_of aggregator),$(pid_of indicators),$(pid_of kafka)"
echo "# warm"
load warm.candles candles --url="$ingest" --requests=400 --threads=2 --symbols=WARM1,WARM2 --from="$day-01-01T00:00:00Z" >/dev/null
load warm.ticks ticks --url="$ingest" --requests=2000 --threads=2 --symbols=WARM1,WARM2 --from="$day-01-01T00:00:00Z" >/dev/null
load warm.reads reads --requests=1000 --threads=1 --symbols=WARM1 >/dev/null
echo "# the limit"
load copy copy --requests=200
echo "# us"
load us.candles candles --url="$ingest" --requests=400 --threads=2 --symbols=C1,C2,C3,C4 --from="$day-02-01T00:00:00Z" --pids="$us"
load again.candles candles --url="$ingest" --requests=200 --threads=2 --symbols=C1,C2,C3,C4 --from="$day-02-01T00:00:00Z" --pids="$us"
load us.ticks ticks --url="$ingest" --requests=4000 --threads=2 --symbols=T1,T2,T3,T4 --from="$day-03-01T00:00:00Z" --pids="$us"
load us.reads reads --requests=2000 --threads=1 --symbols=C1 --pids="$(pid_of indicators),$(pid_of gateway)"
# Long enough for a minute of a hundred instruments to end.
load us.forming forming --url="$ingest" --requests=7500 --rate=100 --batch=100
for quantile in 0.5 0.99; do
  curl -s "http://127.0.0.1:$(management_port_of indicators)/metrics" |
    awk -v q="quantile=\"$quantile\"" -v as="minute.p${quantile#0.}" \
      'index($0, "pregao_minute_indicators_delay_seconds{") == 1 && index($0, q) { printf "%s=%.1f\n", as, $2 * 1000 }' |
    tee -a "$figures"
done

echo "# sustained: does the lag grow?"
load sustained.ticks ticks --url="$ingest" --requests=4500 --rate=150 --threads=4 --symbols=S1,S2,S3,S4,S5,S6,S7,S8 --from="$day-05-01T00:00:00Z" --pids="$us" &
sustained=$!
lag tick
wait "$sustained"
load sustained.candles candles --url="$ingest" --requests=450 --rate=15 --threads=4 --symbols=S1,S2,S3,S4 --from="$day-06-01T00:00:00Z" --pids="$us" &
sustained=$!
lag candle
wait "$sustained"

echo "# the peer"
if /usr/bin/python3 -c 'import fastapi, uvicorn, psycopg' 2>/dev/null; then
  PEER_DATABASE="host=127.0.0.1 port=$(port_of postgres) dbname=pregao user=postgres password=$password" \
    /usr/bin/python3 -m uvicorn --app-dir benchmarks/baseline peer:app --port 18002 --no-access-log --log-level warning &
  peer=$!
  trap 'kill "$peer" 2>/dev/null || true' EXIT
  for _ in $(seq 100); do curl -s -o /dev/null http://127.0.0.1:18002/docs && break; sleep 0.2; done
  load peer.candles candles --url=http://127.0.0.1:18002 --requests=60 --threads=2 --symbols=P1,P2 --pids="$peer"
  load peer.ticks ticks --url=http://127.0.0.1:18002 --requests=60 --threads=2 --symbols=P1,P2 --pids="$peer"
else
  echo "skipped: /usr/bin/python3 has no fastapi, uvicorn and psycopg"
fi

echo "# the gateway"
benchmarks/gateway.sh "$figures"

echo "# inner loops"
timeout 420 "$java" -cp "$classes" pregao.benchmark.micro.Benchmarks \
  'CandleAggregationBenchmark|KafkaStreamsBenchmark|IndicatorBenchmark|BacktestBenchmark|CatalogBenchmark' "$figures" 2>&1 | grep -v -e DEBUG -e SLF4J -e WARNING
"$java" -Xmx512m -XX:+UseSerialGC -cp "$classes" pregao.benchmark.micro.SweepBenchmark "$figures"

echo
"$java" -cp benchmarks/target/benchmarks.jar pregao.benchmark.report.SpeedReport "$figures"
