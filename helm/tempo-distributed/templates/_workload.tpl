{{/* The least number of pods that a component may have. */}}
{{- define "vivace.minReplicas" -}}
{{- if include "vivace.scaled" . }}{{ int .settings.autoscaling.minReplicas }}{{ else }}{{ int .settings.replicas }}{{ end -}}
{{- end }}

{{/* Whether something else than the chart sets the number of pods: `hpa`, `keda` or nothing. */}}
{{- define "vivace.scaled" -}}
{{- $scaling := .settings.autoscaling | default dict -}}
{{- if $scaling.enabled -}}
{{- if dig "keda" "enabled" false $scaling -}}
keda
{{- else if dig "hpa" "enabled" true $scaling -}}
hpa
{{- end -}}
{{- end -}}
{{- end }}

{{/* A Deployment: a dict with `ctx`, `component`, `settings`, `pod` (the template of its pods). */}}
{{- define "vivace.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "vivace.metadata" . | nindent 2 }}
spec:
  {{- if not (include "vivace.scaled" .) }}
  replicas: {{ int .settings.replicas }}
  {{- end }}
  {{- with .settings.minReadySeconds }}
  minReadySeconds: {{ int . }}
  {{- end }}
  revisionHistoryLimit: {{ int .ctx.Values.tempo.revisionHistoryLimit }}
  {{- with .settings.strategy }}
  strategy:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "tempo.selectorLabels" . | nindent 6 }}
  template:
    {{- .pod | nindent 4 }}
{{- end }}

{{- define "vivace.metadata" -}}
name: {{ include "tempo.resourceName" . }}
namespace: {{ .ctx.Release.Namespace }}
labels:
  {{- toYaml (mergeOverwrite (include "tempo.labels" . | fromYaml) (deepCopy (.settings.labels | default dict)) (deepCopy (.extraLabels | default dict)) (include "tempo.selectorLabels" . | fromYaml)) | nindent 2 }}
{{- with mergeOverwrite (deepCopy (.settings.annotations | default dict)) (deepCopy (.extraAnnotations | default dict)) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* A PodDisruptionBudget, for components of which at least two pods run. */}}
{{- define "vivace.pdb" -}}
{{- $budget := .settings.podDisruptionBudget | default dict -}}
{{- if and (ne (toString (dig "enabled" true $budget)) "false") (gt (include "vivace.minReplicas" . | int) 1) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "vivace.metadata" (omit . "rolloutZoneName") | nindent 2 }}
spec:
  {{- if kindIs "invalid" $budget.minAvailable }}
  maxUnavailable: {{ coalesce $budget.maxUnavailable .settings.maxUnavailable .maxUnavailable 1 }}
  {{- else }}
  minAvailable: {{ $budget.minAvailable }}
  {{- end }}
  {{- with $budget.unhealthyPodEvictionPolicy }}
  unhealthyPodEvictionPolicy: {{ . }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "tempo.selectorLabels" (omit . "rolloutZoneName") | nindent 6 }}
{{- end }}
{{- end }}

{{/* What scales a component: an HorizontalPodAutoscaler or KEDA's ScaledObject. `kind` is the kind of its workload. */}}
{{- define "vivace.autoscaler" -}}
{{- $scaled := include "vivace.scaled" . -}}
{{- $scaling := .settings.autoscaling | default dict -}}
{{- $hpa := mergeOverwrite (omit (deepCopy $scaling) "hpa" "keda") (deepCopy ($scaling.hpa | default dict)) -}}
{{- $share := .share | default 1 -}}
{{- if $scaled }}
---
{{- if eq $scaled "hpa" }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
{{- else }}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
{{- end }}
metadata:
  {{- include "vivace.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ .kind }}
    name: {{ include "tempo.resourceName" . }}
  {{- $least := divf $scaling.minReplicas $share | ceil | int }}
  {{- $most := divf $scaling.maxReplicas $share | ceil | int }}
  {{- if eq $scaled "keda" }}
  minReplicaCount: {{ $least }}
  maxReplicaCount: {{ $most }}
  {{- with $hpa.behavior }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        {{- toYaml . | nindent 8 }}
  {{- end }}
  triggers:
    {{- range $scaling.keda.triggers }}
    {{- $trigger := deepCopy . }}
    {{- if not $trigger.type }}{{ $_ := set $trigger "type" "prometheus" }}{{ end }}
    {{- tpl (toYaml (list $trigger)) $.ctx | nindent 4 }}
    {{- end }}
  {{- else }}
  minReplicas: {{ $least }}
  maxReplicas: {{ $most }}
  {{- with $hpa.behavior }}
  behavior:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  metrics:
    {{- range $resource, $target := dict "memory" $hpa.targetMemoryUtilizationPercentage "cpu" $hpa.targetCPUUtilizationPercentage }}
    {{- if $target }}
    - type: Resource
      resource:
        name: {{ $resource }}
        target:
          type: Utilization
          averageUtilization: {{ int $target }}
    {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
A Service: a dict with `ctx`, `component`, `settings`, `ports`; `suffix` of its name, `given` (a section such as `service`),
`headless`, `notReady` (also pods that are not ready), `unmonitored`, `families` (whether `tempo.service` counts), `spec`.
*/}}
{{- define "vivace.service" -}}
{{- $given := .given | default dict -}}
{{- $labels := dict -}}
{{- if .unmonitored }}{{ $_ := set $labels "prometheus.io/service-monitor" "false" }}{{ end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "tempo.resourceName" . }}{{ .suffix }}
  namespace: {{ .ctx.Release.Namespace }}
  labels:
    {{- toYaml (mergeOverwrite (include "tempo.labels" (omit . "memberlist") | fromYaml) $labels (deepCopy ($given.labels | default dict))) | nindent 4 }}
  {{- with $given.annotations }}
  annotations:
    {{- tpl (toYaml .) $.ctx | nindent 4 }}
  {{- end }}
spec:
  type: {{ $given.type | default "ClusterIP" }}
  {{- if .headless }}
  clusterIP: None
  {{- else if $given.clusterIP }}
  clusterIP: {{ $given.clusterIP }}
  {{- end }}
  {{- if .families }}
  ipFamilies:
    {{- toYaml .ctx.Values.tempo.service.ipFamilies | nindent 4 }}
  ipFamilyPolicy: {{ .ctx.Values.tempo.service.ipFamilyPolicy }}
  {{- end }}
  {{- range $key := list "internalTrafficPolicy" "externalTrafficPolicy" "loadBalancerIP" "loadBalancerClass" "trafficDistribution" }}
  {{- with index $given $key }}
  {{ $key }}: {{ . }}
  {{- end }}
  {{- end }}
  {{- with $given.loadBalancerSourceRanges }}
  loadBalancerSourceRanges:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .notReady }}
  publishNotReadyAddresses: true
  {{- end }}
  ports:
    {{- $appProtocol := dig "appProtocol" "grpc" "" (.settings | default dict) }}
    {{- range .ports }}
    - name: {{ .name }}
      port: {{ int .port }}
      protocol: {{ .protocol | default "TCP" }}
      targetPort: {{ .target | default .name }}
      {{- if and .grpc $appProtocol }}
      appProtocol: {{ $appProtocol }}
      {{- end }}
      {{- with .appProtocol }}
      appProtocol: {{ . }}
      {{- end }}
      {{- with .nodePort }}
      nodePort: {{ int . }}
      {{- end }}
    {{- end }}
    {{- with .extraPorts }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  selector:
    {{- .selector | default (include "tempo.selectorLabels" .) | nindent 4 }}
{{- end }}
