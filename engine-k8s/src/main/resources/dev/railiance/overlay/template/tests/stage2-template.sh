#!/bin/sh
# Lints and renders the chart for each stage and track. Where Helm or a chart that this one depends on is absent, nothing
# is checked: that is told and let pass at home, and an error where CI is set.
set -eu
cd "$(dirname "$0")/.."

skip() {
  echo "skipped: $1; the chart was not checked" >&2
  if [ -n "${CI:-}" ]; then
    exit 1
  fi
  exit 0
}

if ! command -v helm >/dev/null 2>&1; then
  skip "helm is not on PATH"
fi
if grep -q '^dependencies:' chart/Chart.yaml && [ ! -d chart/charts ]; then
  skip "chart/charts is missing, run: helm dependency update chart"
fi
# The Service of a track finds the pods of the upstream's chart by labels that values/base.yaml repeats. That chart's text
# is looked at, not its pods: what is missing is missing, what is there need not be a label of a pod.
repeated() {
  awk '
    /^# Source: / { upstream = /\/charts\//; service = !upstream && /\/templates\/service.yaml$/; selector = 0 }
    upstream { gsub(/["'\''\r ]/, ""); gsub(/[{},]/, "\n"); there = there "\n" $0 }
    service && selector && /^    / { gsub(/[" ]/, ""); wanted[$0]; next }
    service && !/^    / { selector = /^  selector:/ }
    END {
      for (label in wanted) {
        if (!index(there "\n", "\n" label "\n")) {
          print "no pod of the upstream chart has the label " label ", see tracks in values/base.yaml"
          missing = 1
        }
      }
      exit missing
    }' >&2
}
tracks="stable canary"
if ! grep -q '^  router: none$' values/base.yaml; then
  tracks="$tracks routing"
fi
for stage in stage2 stage3; do
  helm lint --strict chart --values values/base.yaml --values "values/$stage.yaml"
  for track in $tracks; do
    echo "rendering $stage, track $track"
    workload=true
    if [ "$track" = routing ]; then
      workload=false
    fi
    release=sample-app
    if [ "$track" != stable ]; then
      release="sample-app-$track"
    fi
    rendered=$(helm template "$release" chart --namespace sample-app --values values/base.yaml --values "values/$stage.yaml" \
      --set "railiance.track=$track,railiance.workload=$workload")
    if [ "$workload" = true ] && grep -q '^dependencies:' chart/Chart.yaml; then
      printf '%s\n' "$rendered" | repeated
    fi
  done
done
