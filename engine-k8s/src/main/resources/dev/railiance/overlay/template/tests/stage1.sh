#!/bin/sh
# What can be said about this overlay without Helm and without a cluster.
set -eu
cd "$(dirname "$0")/.."

failed=0
for file in railiance/app.toml railiance/upstream.toml railiance/overlay.json \
  values/base.yaml values/stage2.yaml values/stage3.yaml chart/Chart.yaml; do
  if [ ! -s "$file" ]; then
    echo "missing or empty: $file" >&2
    failed=1
  fi
done
# Both files name the upstream's revision: they move together.
revision=$(sed -n 's/^revision = //p' railiance/upstream.toml)
if [ "$(sed -n 's/^revision = //p' railiance/app.toml)" != "$revision" ]; then
  echo "railiance/app.toml and railiance/upstream.toml name different revisions" >&2
  failed=1
fi
exit "$failed"
