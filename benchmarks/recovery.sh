#!/usr/bin/env bash
# How long services are away after kill -9, with all cores busy, against the system that runs here: from the signal until
# GET /readyz is 200 again. Takes some ten minutes.
#   ./pregao start -d && benchmarks/recovery.sh [KILLS [SERVICE...]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=benchmarks/gateway-env
source benchmarks/gateway-env

kills=${1:-10}
shift || true
services=("$@")
[[ ${#services[@]} -gt 0 ]] || services=(ingest aggregator indicators strategy session gateway)

busy=()
trap 'kill "${busy[@]}" 2>/dev/null || true' EXIT
for _ in $(seq "$(nproc)"); do
  timeout 3600 sh -c 'while :; do :; done' &
  busy+=("$!")
done

now() { date +%s%3N; }

# ready PORT: waits until it is, at most two minutes.
ready() {
  local end=$(($(now) + 120000))
  until [[ $(curl -s -o /dev/null -m 2 -w '%{http_code}' "http://127.0.0.1:$1/readyz") == 200 ]]; do
    [[ $(now) -lt $end ]] || { echo "not ready within two minutes" >&2; exit 1; }
    sleep 0.05
  done
}

for service in "${services[@]}"; do
  times=()
  for _ in $(seq "$kills"); do
    status=$(./pregao status --json)
    port=$(port_of "$service")
    start=$(now)
    kill -9 "$(pid_of "$service")"
    # The port answers for a moment after the signal.
    while curl -s -o /dev/null -m 1 "http://127.0.0.1:$port/readyz"; do sleep 0.01; done
    ready "$port"
    times+=("$(($(now) - start))")
    # So that the next kill finds it at work and its backoff is over.
    sleep 10
  done
  printf '%s\n' "${times[@]}" | sort -n |
    awk -v s="$service" '{ t[NR] = $1 } END { printf "%-10s %d kills, ms: p50 %d, max %d\n", s, NR, t[int((NR + 1) / 2)], t[NR] }'
done
