#!/usr/bin/env bash
# Closed candle to order sent: bots that enter at every close on the pairs of Binance's simulator. Each entry is timed
# from the moment its minute's candle was published until the simulator has it. First all of ORDERS entries, then, RESTARTS
# times, the first ones after strategy-service and session-service have been restarted. A bot enters each pair at most once
# a minute, so 500 orders of 10 bots take half an hour; each restart takes one to two minutes more. Stops by itself.
#   ./pregao start -d --with-simulators && benchmarks/order-latency.sh [ORDERS [BOTS [RESTARTS]]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=benchmarks/gateway-env
source benchmarks/gateway-env

orders=${1:-500}
bots=${2:-10}
restarts=${3:-5}
pairs=(BTCUSDT ETHUSDT)
status=$(./pregao status --json)
gateway="http://127.0.0.1:$(port_of gateway)"
simulator="http://127.0.0.1:$(port_of binance-simulator)"
# field NAME [N]: what the Nth object of an answer has under a name, the first where N is not given.
field() { grep -o "\"$1\":\"[^\"]*\"" | sed -n "${2:-1}p" | cut -d'"' -f4; }
login() {
  token=$(printf '{"email":"admin@localhost","password":"%s"}' "$(./pregao credentials --password)" |
    curl -sf "$gateway/api/auth/login" -H 'Content-Type: application/json' -d @- | field access_token)
}
api() { curl -sSf -X "$1" "$gateway$2" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' ${3:+-d "$3"}; }

login
owners=$(curl -sf "$simulator/control/accounts")
# Those of an earlier run, unless the simulator, which has another second key after each start, has refused them since.
mapfile -t accounts < <(api GET /api/brokers/accounts |
  sed -n 's/"created_at"/\n&/gp' | sed -n 's/.*"id":"\([^"]*\)","broker":"binance".*"state":"opened".*/\1/p' | head -n 2)
for ((n = ${#accounts[@]} + 1; n <= 2; n++)); do
  accounts+=("$(api POST /api/brokers/binance/accounts "{\"kind\":\"api_key\",\"key\":\"$(field key "$n" <<<"$owners")\",
    \"secret\":\"$(field secret "$n" <<<"$owners")\",\"signs\":\"$(field kind "$n" <<<"$owners")\"}" | field id)")
done
made=()
end() {
  [[ -z ${watching:-} ]] || kill "$watching" 2>/dev/null || true
  # The first token is good for some minutes only, and a service that was restarted may not be back.
  for _ in {1..30}; do ! login 2>/dev/null || break; sleep 2; done
  for bot in "${made[@]}"; do api POST "/api/bots/$bot/stop?close=true" >/dev/null || true; done
}
trap end EXIT
instruments=$(printf ',{"feed":"binance","symbol":"%s"}' "${pairs[@]}")
for ((i = 0; i < bots; i++)); do
  # Stop and take are so near that what is bought is sold again before the next close.
  made+=("$(api POST /api/bots "{\"name\":\"measured $$ $i\",\"account\":\"${accounts[i % 2]}\",\"stake\":50,
    \"instruments\":[${instruments:1}],\"strategy\":{\"name\":\"each close\",\"timeframe\":\"M1\",
      \"buy\":{\"above\":[\"close\",0]},\"sell\":{\"below\":[\"close\",0]},\"stop\":0.00003,\"take\":0.00003}}" | field id)")
done
for account in "${accounts[@]}"; do
  api PUT "/api/bots/accounts/$account/demo/limits" \
    '{"stake":1000,"exposure":100000,"daily_loss":100000,"drawdown":100000,"gales":2}' >/dev/null
done
for bot in "${made[@]}"; do api POST "/api/bots/$bot/start" >/dev/null; done

load() {
  "$java" -Xmx256m -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow -cp "$classes" pregao.benchmark.load.LoadGenerator "$@" \
    --url="$simulator" --kafka="127.0.0.1:$(port_of kafka)" 2>&1 | grep -v -e DEBUG -e SLF4J
}
now() { date +%s; }
# ready PORT: waits until it is, at most a minute.
ready() {
  local bound=$(($(now) + 60))
  until [[ $(curl -s -o /dev/null -m 2 -w '%{http_code}' "http://127.0.0.1:$1/readyz") == 200 ]]; do
    [[ $(now) -lt $bound ]] || { echo "not ready within a minute" >&2; exit 1; }
    sleep 0.1
  done
}

echo "as it runs, $bots bots on ${#pairs[@]} pairs, up to $((bots * ${#pairs[@]})) entries at a close:"
load first
((orders == 0)) || load orders --requests="$orders"
for ((i = 1; i <= restarts; i++)); do
  # Early in a minute, so that both are ready before it is over.
  while (($(date +%-S) < 12 || $(date +%-S) > 15)); do sleep 0.5; done
  load first >"benchmarks/target/first" &
  watching=$!
  sleep 3
  status=$(./pregao status --json)
  begin=$(now)
  kill "$(pid_of strategy)" "$(pid_of session)"
  for service in strategy session; do
    # The port answers for a moment after the signal.
    while curl -s -o /dev/null -m 1 "http://127.0.0.1:$(port_of "$service")/readyz"; do sleep 0.1; done
  done
  for service in strategy session; do ready "$(port_of "$service")"; done
  printf 'restart %d, ready after %d s: ' "$i" "$(($(now) - begin))"
  wait "$watching"
  watching=
  cat benchmarks/target/first
done
