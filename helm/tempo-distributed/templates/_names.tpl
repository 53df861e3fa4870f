{{/*
Names and labels. The helpers that begin with `tempo.` and `ingester.` are part of the chart's interface: values use them
in `affinity`, `topologySpreadConstraints`, `config` and `extraObjects`. They take the root, or a dict with `ctx` (the root),
`component`, `memberlist` (whether the pod is a member of the rings) and `rolloutZoneName` (of a zone's ingesters).
*/}}

{{- define "vivace.cut" -}}
{{- . | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "tempo.name" -}}
{{- default "tempo" .Values.nameOverride | include "vivace.cut" -}}
{{- end }}

{{- define "tempo.fullname" -}}
{{- $name := default "tempo" .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- include "vivace.cut" .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
{{- include "vivace.cut" .Release.Name -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | include "vivace.cut" -}}
{{- end -}}
{{- end }}

{{- define "tempo.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | include "vivace.cut" -}}
{{- end }}

{{- define "tempo.resourceName" -}}
{{- include "tempo.fullname" .ctx -}}
{{- with .component }}-{{ . }}{{ end -}}
{{- with .rolloutZoneName }}-{{ . }}{{ end -}}
{{- end }}

{{- define "ingester.resourceName" -}}
{{- include "tempo.resourceName" . -}}
{{- end }}

{{/* The name of the section of the values: `query-frontend` is `queryFrontend`. */}}
{{- define "tempo.componentSectionFromName" -}}
{{- .component | replace "-" "_" | camelcase | untitle -}}
{{- end }}

{{- define "tempo.selectorLabels" -}}
app.kubernetes.io/name: {{ include "tempo.name" .ctx }}
app.kubernetes.io/instance: {{ .ctx.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- with .rolloutZoneName }}
rollout-group: ingester
zone: {{ . }}
{{- end }}
{{- end }}

{{- define "ingester.selectorLabels" -}}
{{- include "tempo.selectorLabels" (mergeOverwrite (dict "component" "ingester") .) -}}
{{- end }}

{{- define "tempo.gossipRingSelectorLabels" -}}
app.kubernetes.io/name: {{ include "tempo.name" .ctx }}
app.kubernetes.io/instance: {{ .ctx.Release.Name }}
app.kubernetes.io/part-of: memberlist
{{- end }}

{{- define "tempo.labels" -}}
{{- $labels := dict "helm.sh/chart" (include "tempo.chart" .ctx) "app.kubernetes.io/version" (toString .ctx.Chart.AppVersion) "app.kubernetes.io/managed-by" .ctx.Release.Service -}}
{{- if .memberlist }}{{ $_ := set $labels "app.kubernetes.io/part-of" "memberlist" }}{{ end -}}
{{- with .ctx.Values.global }}
{{- $_ := mergeOverwrite $labels (.commonLabels | default dict) (.labels | default dict) -}}
{{- end -}}
{{- $_ := mergeOverwrite $labels (include "tempo.selectorLabels" . | fromYaml) -}}
{{- with .rolloutZoneName }}{{ $_ := set $labels "name" (printf "ingester-%s" .) }}{{ end -}}
{{- toYaml $labels -}}
{{- end }}

{{/* Labels of a pod: those of its resources, and what the values add. Never a label of the selector replaced. */}}
{{- define "tempo.podLabels" -}}
{{- $section := index .ctx.Values (include "tempo.componentSectionFromName" .) | default dict -}}
{{- $labels := omit (include "tempo.labels" . | fromYaml) -}}
{{- $added := mergeOverwrite (dict) (deepCopy (.ctx.Values.global.podLabels | default dict)) (deepCopy (.ctx.Values.tempo.podLabels | default dict)) (deepCopy ((.ctx.Values.defaults).podLabels | default dict)) (deepCopy ($section.podLabels | default dict)) -}}
{{- toYaml (mergeOverwrite $labels $added (include "tempo.selectorLabels" . | fromYaml)) -}}
{{- end }}

{{- define "tempo.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "tempo.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end }}

{{/* The value of the label `cluster` of metrics. */}}
{{- define "tempo.clusterName" -}}
{{- $config := include "tempo.calculatedConfig" . | fromYaml -}}
{{- default .Release.Name $config.cluster_name -}}
{{- end }}

{{/* The host of a component's Service, complete. */}}
{{- define "vivace.host" -}}
{{- printf "%s.%s.svc.%s" (include "tempo.resourceName" .) .ctx.Release.Namespace .ctx.Values.global.clusterDomain -}}
{{- end }}

{{/*
Which image: registry (global, then the component's, then `tempo.image`), repository, and tag or digest.
`defaultRepository` and `defaultTag` stand in when neither the component nor `tempo.image` has one.
*/}}
{{- define "tempo.imageReference" -}}
{{- $section := .image | default (index .ctx.Values (include "tempo.componentSectionFromName" .)).image | default dict -}}
{{- $tempo := ternary dict .ctx.Values.tempo.image (.foreign | default false) -}}
{{- $registry := coalesce .ctx.Values.global.image.registry $section.registry $tempo.registry -}}
{{- $repository := coalesce $section.repository $tempo.repository -}}
{{- /* rolling back to Grafana's image needs no more than its name */ -}}
{{- $version := contains "grafana/tempo" (default "" $repository) | ternary "2.9.0" .ctx.Chart.AppVersion -}}
{{- $tag := toString (coalesce $section.tag $tempo.tag $version) -}}
{{- $digest := coalesce $section.digest (ternary "" ($tempo.digest | default "") (not (empty $section.repository))) -}}
{{- with $registry }}{{ . }}/{{ end }}{{ $repository }}{{ if $digest }}@{{ $digest }}{{ else }}:{{ $tag }}{{ end -}}
{{- end }}

{{- define "tempo.imagePullSecrets" -}}
{{- $section := .image | default (index .ctx.Values (include "tempo.componentSectionFromName" .)).image | default dict -}}
{{- $names := coalesce .ctx.Values.global.image.pullSecrets $section.pullSecrets .ctx.Values.tempo.image.pullSecrets -}}
{{- with $names }}
imagePullSecrets:
{{- range . }}
  - name: {{ if kindIs "map" . }}{{ .name }}{{ else }}{{ . }}{{ end }}
{{- end }}
{{- end }}
{{- end }}
