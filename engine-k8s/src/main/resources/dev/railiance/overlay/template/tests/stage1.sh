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
# The image is named twice too. A chart that wraps the upstream's may name none.
plain() {
  sed -n "s/^$1 *//p" "$2" | sed 's/#.*//' | tr -d "\"' \r"
}
if grep -q '^  repository:' values/base.yaml &&
  [ "$(plain '  repository:' values/base.yaml)" != "$(plain 'image *=' railiance/app.toml)" ]; then
  echo "railiance/app.toml (artifact.image) and values/base.yaml (image.repository) name different images" >&2
  failed=1
fi
# Helm renders whatever lies in chart/charts, also a version that Chart.yaml no longer names.
dependency=$(sed -n 's/^  - name: //p' chart/Chart.yaml | head -n 1)
version=$(sed -n 's/^    version: //p' chart/Chart.yaml | head -n 1)
if [ -n "$dependency" ] && [ -d chart/charts ] && [ ! -e "chart/charts/$dependency" ] &&
  [ ! -e "chart/charts/$dependency-$version.tgz" ]; then
  echo "chart/charts lacks $dependency $version, run: helm dependency update chart" >&2
  failed=1
fi
exit "$failed"
