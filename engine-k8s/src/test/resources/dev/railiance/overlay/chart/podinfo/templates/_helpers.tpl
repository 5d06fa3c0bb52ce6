{{/* A release that has the name of the chart in its own goes without it. */}}
{{- define "podinfo.fullname" -}}
{{ if contains .Chart.Name .Release.Name }}{{ .Release.Name }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}{{ end }}
{{- end }}
{{- define "podinfo.labels" -}}
{ helm.sh/chart: "{{ .Chart.Name }}-{{ .Chart.Version }}", app.kubernetes.io/name: {{ include "podinfo.fullname" . }}, app.kubernetes.io/managed-by: {{ .Release.Service }} }
{{- end }}
{{- define "podinfo.selector" -}}
{ app.kubernetes.io/name: {{ include "podinfo.fullname" . }} }
{{- end }}
