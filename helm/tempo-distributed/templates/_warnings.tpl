{{/* What the values ask for and what does nothing, or something else than it did, as a list of sentences. */}}
{{- define "vivace.warnings" -}}
{{- $w := list -}}
{{- $v := .Values -}}
{{- $facts := include "vivace.facts" . | fromYaml -}}
{{- range $key, $_ := $v -}}
{{- if not (or (has $key (include "vivace.knownKeys" $ | splitList " ")) (hasPrefix "x-" $key)) }}{{ $w = append $w (printf "%s: no key of this chart, it does nothing" $key) }}{{ end -}}
{{- end -}}
{{- if not (coalesce $v.global.image.registry $v.tempo.image.registry) }}{{ $w = append $w (printf "tempo.image.registry: empty, so nodes must have the image %s already; push it to a registry and name that here or in global.image.registry" (include "tempo.imageReference" (dict "ctx" . "component" "distributor"))) }}{{ end -}}
{{- if contains "grafana/tempo" (printf "%v" $v.tempo.image.repository) }}{{ $w = append $w "tempo.image.repository: the image of Grafana Tempo, not Vivace" }}{{ end -}}
{{- if and $v.gateway.enabled (eq (include "vivace.gatewayImplementation" .) "nginx") }}{{ $w = append $w "gateway: nginx, because the values bring its image or configuration; no gRPC on the HTTP port" }}{{ end -}}
{{- if $v.queryFrontend.query.enabled }}{{ $w = append $w "queryFrontend.query.enabled: the Jaeger bridge is not part of Vivace, it is left out" }}{{ end -}}
{{- if $v.queryFrontend.ingress.enabled }}{{ $w = append $w "queryFrontend.ingress.enabled: it was for the Jaeger bridge, it is left out; gateway.ingress is for the API" }}{{ end -}}
{{- if $v.metaMonitoring.grafanaAgent.enabled }}{{ $w = append $w "metaMonitoring.grafanaAgent.enabled: the product has ended, it is left out; metaMonitoring.serviceMonitor works with every Prometheus operator" }}{{ end -}}
{{- if $v.rollout_operator.enabled }}{{ $w = append $w "rollout_operator.enabled: not part of this chart; install rollout-operator with its own chart, or set ingester.zoneAwareReplication.updateStrategy to RollingUpdate" }}{{ end -}}
{{- if $v.rbac.pspEnabled }}{{ $w = append $w "rbac.pspEnabled: Kubernetes has no PodSecurityPolicy any more" }}{{ end -}}
{{- if $v.minio.enabled }}{{ $w = append $w "minio.enabled: one pod for trying things out, not for production" }}{{ end -}}
{{- if and (eq $facts.backend "local") (not $v.ingester.persistence.enabled) }}{{ $w = append $w "storage.trace.backend: local without ingester.persistence.enabled: traces are gone with their pod" }}{{ end -}}
{{- if and $v.gateway.basicAuth.enabled (not $v.gateway.basicAuth.existingSecret) (contains "htpasswd " $v.gateway.basicAuth.htpasswd) }}{{ $w = append $w "gateway.basicAuth: a new salt in every rendering; gateway.basicAuth.existingSecret keeps it stable" }}{{ end -}}
{{- toYaml $w -}}
{{- end }}

{{/* The keys of values.yaml, and those of the old chart that mean nothing here but may stand in a file. */}}
{{- define "vivace.knownKeys" -}}
nameOverride fullnameOverride global useExternalConfig configStorageType externalConfigSecretName externalRuntimeConfigName externalConfigVersion reportingEnabled streamOverHTTPEnabled multitenancyEnabled defaults tempo openshift jvm serviceAccount rbac ingester distributor querier queryFrontend compactor metricsGenerator memcached memcachedExporter traces memberlist config server cache storage overrides per_tenant_overrides gateway ingress networkPolicy metaMonitoring prometheusRule grafanaDatasource rollout_operator minio extraObjects tests enterprise license tokengenJob provisioner kubectlImage adminApi enterpriseGateway enterpriseFederationFrontend podDisruptionBudget
{{- end }}
