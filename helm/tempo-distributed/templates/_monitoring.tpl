{{/* A switch that is true, false, or auto: whether the cluster knows a kind of object. A dict with `ctx`, `value`, `api`. */}}
{{- define "vivace.wanted" -}}
{{- if eq (toString .value) "auto" -}}
{{- if .ctx.Capabilities.APIVersions.Has .api }}true{{ end -}}
{{- else if .value }}true{{ end -}}
{{- end }}

{{/* The ServiceMonitor of a component. Dashboards and alerts count on the job `namespace/component`. */}}
{{- define "vivace.serviceMonitor" -}}
{{- $ctx := .ctx -}}{{- $component := .component -}}
{{- with $ctx.Values.metaMonitoring.serviceMonitor -}}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "tempo.resourceName" $ }}
  namespace: {{ .namespace | default $ctx.Release.Namespace }}
  labels:
    {{- toYaml (mergeOverwrite (include "tempo.labels" $ | fromYaml) (deepCopy (.labels | default dict))) | nindent 4 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  namespaceSelector:
    {{- if .namespaceSelector }}
    {{- toYaml .namespaceSelector | nindent 4 }}
    {{- else }}
    matchNames:
      - {{ $ctx.Release.Namespace }}
    {{- end }}
  selector:
    matchLabels:
      {{- include "tempo.selectorLabels" $ | nindent 6 }}
    matchExpressions:
      - key: prometheus.io/service-monitor
        operator: NotIn
        values:
          - "false"
  endpoints:
    {{- $paths := list (list "/metrics" $component) }}
    {{- if and (eq $component "distributor") $ctx.Values.distributor.config.cost_attribution.enabled }}
    {{- $paths = append $paths (list "/usage_metrics" "distributor-usage") }}
    {{- end }}
    {{- $own := . }}
    {{- range $paths }}
    {{- if and (eq $component "gateway") (eq (include "vivace.gatewayImplementation" $ctx) "spring") }}
    - targetPort: http-admin
    {{- else }}
    - port: http-metrics
    {{- end }}
      path: {{ first . }}
      {{- with $own.interval }}
      interval: {{ . }}
      {{- end }}
      {{- with $own.scrapeTimeout }}
      scrapeTimeout: {{ . }}
      {{- end }}
      scheme: {{ $own.scheme }}
      {{- with $own.tlsConfig }}
      tlsConfig:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      relabelings:
        - action: replace
          targetLabel: job
          replacement: {{ $ctx.Release.Namespace }}/{{ last . }}
        {{- if kindIs "string" $own.clusterLabel }}
        - action: replace
          targetLabel: cluster
          replacement: {{ $own.clusterLabel | default (include "tempo.clusterName" $ctx) }}
        {{- end }}
        {{- with $own.relabelings }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $own.metricRelabelings }}
      metricRelabelings:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
{{- end }}
{{- end }}
