#!/bin/sh
# Lints and renders the chart for each stage and track. Exit code 77: Helm is absent and nothing was checked.
set -eu
cd "$(dirname "$0")/.."

if ! command -v helm >/dev/null 2>&1; then
  echo "skipped: helm is not on PATH, the chart was not checked" >&2
  exit 77
fi
for stage in stage2 stage3; do
  helm lint --strict chart --values values/base.yaml --values "values/$stage.yaml"
  for track in stable canary routing; do
    echo "rendering $stage, track $track"
    helm template sample-app chart --namespace sample-app \
      --values values/base.yaml --values "values/$stage.yaml" --set "railiance.track=$track" >/dev/null
  done
done
