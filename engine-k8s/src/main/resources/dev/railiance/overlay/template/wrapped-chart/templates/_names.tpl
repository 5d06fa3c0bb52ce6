{{- define "app.name" -}}
{{- $name := .Values.name | default .Chart.Name -}}
{{- if gt (len $name) 45 -}}
{{- fail (printf "the name %s has %d characters; at most 45 leave room for -canary, -routing and what follows within 63" $name (len $name)) -}}
{{- end -}}
{{- $name -}}
{{- end }}

{{/* The workload: stable has the application's name. */}}
{{- define "app.workload" -}}
{{- include "app.name" . }}{{ if eq .Values.railiance.track "canary" }}-canary{{ end }}
{{- end }}

{{/* The labels of pods: of a track, or of both. Without labels it would be every pod of the namespace. Takes the context and
a key of the values. */}}
{{- define "app.selector" -}}
{{- $values := (index . 0).Values -}}
{{- $key := index . 1 -}}
{{- $selector := (ternary $values.shared (get $values.tracks $key) (eq $key "shared")).selector -}}
{{- if not $selector -}}
{{- $missing := ternary $key (printf "tracks.%s" $key) (eq $key "shared") -}}
{{- fail (printf "%s.selector is needed: the labels of the upstream chart's pods, which helm template shows of that chart" $missing) -}}
{{- end -}}
{{- range $label, $value := $selector }}
{{ $label | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "app.targetPort" -}}
{{- $port := .Values.shared.targetPort -}}
{{- if kindIs "string" $port }}{{ $port | quote }}{{ else }}{{ int $port }}{{ end -}}
{{- end }}

{{/* The same for each object of a release; the labels of a rollback say which attempt made it. */}}
{{- define "app.labels" -}}
app.kubernetes.io/name: {{ include "app.name" . | quote }}
railiance.dev/track: {{ .Values.railiance.track | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
{{- with .Values.railiance.promotion }}
railiance.dev/promotion: {{ . | quote }}
{{- end }}
{{- with .Values.railiance.attempt }}
railiance.dev/attempt: {{ . | quote }}
{{- end }}
{{- range $key, $value := .Values.labels }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Takes the context and further maps of annotations, of which the later wins. A digest is too long for a label. */}}
{{- define "app.metadata" -}}
{{- $context := index . 0 -}}
labels:
  {{- include "app.labels" $context | nindent 2 }}
{{- $all := dict }}
{{- range prepend (rest .) $context.Values.annotations }}
{{- range $key, $value := . }}{{ $_ := set $all $key $value }}{{ end }}
{{- end }}
{{- with $context.Values.railiance.artifact }}{{ $_ := set $all "railiance.dev/artifact" . }}{{ end }}
{{- with $all }}
annotations:
  {{- range $key, $value := . }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Each track that has traffic, with its share; takes the context. */}}
{{- define "app.backends" -}}
{{- $weight := int .Values.railiance.weight -}}
{{- $shares := list -}}
{{- if lt $weight 100 }}{{ $shares = append $shares (dict "track" "stable" "weight" (sub 100 $weight)) }}{{ end -}}
{{- if gt $weight 0 }}{{ $shares = append $shares (dict "track" "canary" "weight" $weight) }}{{ end -}}
{{- toJson $shares -}}
{{- end }}
