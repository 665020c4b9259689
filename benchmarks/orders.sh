#!/usr/bin/env bash
# Closed candle to order sent: bots on the pairs of Binance's simulator, whose orders are timed from the moment their
# minute's candle is published until the simulator has them. A bot orders about once a minute. The first ones find code
# that has hardly ever run; they are counted apart.
#   ./pregao start -d --with-simulators && benchmarks/orders.sh [ORDERS] [BOTS] [FIRST]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=benchmarks/surroundings
source benchmarks/surroundings

orders=${1:-200}
bots=${2:-10}
first=${3:-40}
status=$(./pregao status --json)
gateway="http://127.0.0.1:$(port_of gateway)"
simulator="http://127.0.0.1:$(port_of binance-simulator)"
# What the first object of an answer has under a name.
field() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d'"' -f4; }
login() {
  token=$(curl -sf "$gateway/api/auth/login" -H 'Content-Type: application/json' \
    -d "{\"email\":\"admin@localhost\",\"password\":\"$(./pregao credentials --password)\"}" | field access_token)
}
api() { curl -sf -X "$1" "$gateway$2" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' ${3:+-d "$3"}; }

login
owner=$(curl -sf "$simulator/control/accounts")
account=$(api POST /api/brokers/binance/accounts \
  "{\"kind\":\"api_key\",\"key\":\"$(field key <<<"$owner")\",\"secret\":\"$(field secret <<<"$owner")\",\"signs\":\"hmac\"}" | field id)
made=()
end() {
  login # the first token is good for some minutes only
  for bot in "${made[@]}"; do api POST "/api/bots/$bot/stop?close=true" >/dev/null || true; done
}
trap end EXIT
for ((i = 0; i < bots; i++)); do
  bot=$(api POST /api/bots "{\"name\":\"measured $$ $i\",\"account\":\"$account\",\"stake\":50,
    \"instruments\":[{\"feed\":\"binance\",\"symbol\":\"BTCUSDT\"},{\"feed\":\"binance\",\"symbol\":\"ETHUSDT\"}],
    \"strategy\":{\"name\":\"colour\",\"timeframe\":\"M1\",\"buy\":{\"above\":[\"close\",\"open\"]},
      \"sell\":{\"below\":[\"close\",\"open\"]},\"stop\":0.01,\"take\":0.01}}" | field id)
  made+=("$bot")
done
api PUT "/api/bots/accounts/$account/demo/limits" \
  '{"stake":1000,"exposure":100000,"daily_loss":100000,"drawdown":100000,"gales":2}' >/dev/null
for bot in "${made[@]}"; do api POST "/api/bots/$bot/start" >/dev/null; done

# measured ORDERS: how late so many orders from now on are.
measured() {
  "$java" -Xmx256m -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow -cp "$classes" pregao.load.Load orders \
    --url="$simulator" --kafka="127.0.0.1:$(port_of kafka)" --requests="$1" 2>&1 | grep -v -e DEBUG -e SLF4J
}
echo "the first $first:"
measured "$first"
echo "then:"
measured "$orders"
