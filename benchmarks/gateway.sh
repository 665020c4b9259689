#!/usr/bin/env bash
# The gateway, with tokens and limits on, beside a stock Spring Cloud Gateway and nginx, in one run: all three before
# the same service, which does nothing but answer. Starts all it needs on free ports of its own. Two minutes.
#   benchmarks/gateway.sh
# A file given as an argument gets what was found, for pregao.benchmark.report.SpeedReport.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=benchmarks/gateway-env
source benchmarks/gateway-env

figures=${1:-benchmarks/target/door-figures}
[[ -n "${1:-}" ]] || rm -f "$figures"
upstream=18300 ours=18301 stock=18302 nginx=18303 inside=18304
connections=${CONNECTIONS:-16}
seconds=${SECONDS_EACH:-8}
flags=(-Xms64m -Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders)
scratch=$(mktemp -d)
started=()
stop() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  exec {around[1]}>&- || true # its end of input ends what is around
  wait 2>/dev/null || true
  rm -r "$scratch"
}
trap stop EXIT

coproc around { "$java" -Xmx256m -cp "$classes" pregao.benchmark.gateway.GatewayEnvironment "$scratch" 2>"$scratch/surroundings"; }
while read -r first kafka redis key; do [[ "$first" == around: ]] && break; done <&"${around[0]}"
[[ -n "${key:-}" ]] || { cat "$scratch/surroundings" >&2; exit 1; }

# await PORT: until something listens there.
await() {
  for _ in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.2; done
  echo "nothing listens at $1; see $scratch" >&2
  return 1
}

"$java" "${flags[@]}" -cp "$classes" pregao.benchmark.gateway.EchoUpstream "$upstream" >"$scratch/upstream" 2>&1 &
started+=($!)
"$java" "${flags[@]}" -cp "$classes" pregao.benchmark.gateway.StockGateway "$stock" "$upstream" >"$scratch/stock" 2>&1 &
stock_pid=$!
started+=($stock_pid)
SERVER_PORT=$ours SERVER_ADDRESS=127.0.0.1 PREGAO_MANAGEMENT_PORT=$inside PREGAO_INDICATORS_URL="http://127.0.0.1:$upstream" \
  PREGAO_KAFKA="$kafka" PREGAO_REDIS_URL="$redis" PREGAO_GATEWAY_RATE_LIMIT_PER_USER=100000000 PREGAO_GATEWAY_RATE_LIMIT_PER_IP=100000000 \
  "$java" "${flags[@]}" ${OUR_FLAGS:-} -jar gateway-service/target/gateway-service-boot.jar >"$scratch/ours" 2>&1 &
our_pid=$!
started+=($our_pid)
if command -v nginx >/dev/null; then
  cat >"$scratch/nginx.conf" <<CONF
pid $scratch/nginx.pid; error_log $scratch/nginx.log; worker_processes 2; daemon off;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path $scratch; proxy_temp_path $scratch; fastcgi_temp_path $scratch;
  uwsgi_temp_path $scratch; scgi_temp_path $scratch;
  upstream behind { server 127.0.0.1:$upstream; keepalive 64; }
  server {
    listen 127.0.0.1:$nginx; keepalive_requests 100000000;
    location / { proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
CONF
  nginx -c "$scratch/nginx.conf" -p "$scratch" >/dev/null 2>&1 &
  started+=($!)
  await $nginx
else
  echo "nginx is not on this machine (Debian's package nginx): its figures are missing"
fi
await $upstream
await $stock
await $ours
# Its keys come from Kafka.
for _ in $(seq 300); do curl -sf -o /dev/null -H "X-API-Key: $key" "http://127.0.0.1:$ours/api/market-data" && break; sleep 0.2; done

# load AS PORT RATE PIDS: requests for about so many seconds.
load() {
  local requests=$((($3 > 0 ? $3 : 12000) * seconds))
  echo "== $1"
  "$java" -Xmx256m -XX:+UseSerialGC -cp "$classes" pregao.benchmark.load.LoadGenerator reads --url="http://127.0.0.1:$2" --key="$key" --batch=1 --symbols=EURUSD \
    --threads="$connections" --requests="$requests" --rate="$3" --pids="$4" --figures="$figures" --as="$1" 2>&1 | grep -v -e DEBUG -e SLF4J -e WARNING
}

load warm $ours 0 "$our_pid" >/dev/null
load warm $stock 0 "$stock_pid" >/dev/null
for _ in 1 2; do # the second of two counts
  load door.us $ours 0 "$our_pid"
  load door.stock $stock 0 "$stock_pid"
done
[[ -z "$(command -v nginx)" ]] || load door.nginx $nginx 0 ""
load door.direct $upstream 0 ""
half=$(awk -F= '/^door.us.rate/ { rate = $2 } END { print int(rate / 2) }' "$figures")
load half.direct $upstream "$half" ""
load half.us $ours "$half" "$our_pid"
load half.stock $stock "$half" "$stock_pid"

echo
[[ -n "${1:-}" ]] || "$java" -cp benchmarks/target/benchmarks.jar pregao.benchmark.report.SpeedReport "$figures"
