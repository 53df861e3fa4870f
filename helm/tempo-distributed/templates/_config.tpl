{{/*
The configuration file. `config` is a text with templates; `tempo.config` (a text too) and then `tempo.structuredConfig` are
laid over it, maps deeply, everything else replaced; the result is evaluated once more, so that values which hold templates
(`memberlist.cluster_label`, `cache`) work.
*/}}
{{- define "tempo.calculatedConfig" -}}
{{- $config := include "vivace.yaml" (dict "key" "config" "text" (tpl .Values.config .)) | fromYaml -}}
{{- $text := include "vivace.yaml" (dict "key" "tempo.config" "text" (tpl (.Values.tempo.config | default "") .)) | fromYaml -}}
{{- $all := mustMergeOverwrite $config $text (deepCopy (.Values.tempo.structuredConfig | default dict)) -}}
{{- range $path, $key := .Values.storage.trace.existingSecret.mapping }}
{{- include "vivace.setPath" (dict "map" $all "path" (printf "storage.trace.%s" $path) "value" (printf "${%s}" (include "vivace.secretVariable" $path))) -}}
{{- end }}
{{- tpl (toYaml $all) . -}}
{{- end }}

{{- define "vivace.yaml" -}}
{{- $parsed := fromYaml .text -}}
{{- if and (hasKey $parsed "Error") (eq (len $parsed) 1) -}}
{{- fail (printf "%s: %s (expected: a YAML mapping)" .key $parsed.Error) -}}
{{- end -}}
{{- toYaml $parsed -}}
{{- end }}

{{- define "vivace.setPath" -}}
{{- $at := .map -}}
{{- $steps := splitList "." .path -}}
{{- range initial $steps -}}
{{- if not (kindIs "map" (index $at .)) -}}{{- $_ := set $at . dict -}}{{- end -}}
{{- $at = index $at . -}}
{{- end -}}
{{- $_ := set $at (last $steps) .value -}}
{{- end }}

{{/* The environment variable that brings a key of `storage.trace.existingSecret` into the configuration. */}}
{{- define "vivace.secretVariable" -}}
{{- printf "STORAGE_TRACE_%s" (. | replace "." "_" | upper) -}}
{{- end }}

{{/* The three ports of every service. The first helpers are for texts inside of `config`, the others know its result. */}}
{{- define "tempo.serverHttpListenPort" -}}
{{- dig "server" "http_listen_port" .Values.server.httpListenPort (.Values.tempo.structuredConfig | default dict) | toString -}}
{{- end }}

{{- define "tempo.serverGrpcListenPort" -}}
{{- dig "server" "grpc_listen_port" .Values.server.grpcListenPort (.Values.tempo.structuredConfig | default dict) | toString -}}
{{- end }}

{{- define "tempo.memberlistBindPort" -}}
{{- dig "memberlist" "bind_port" .Values.memberlist.bind_port (.Values.tempo.structuredConfig | default dict) | toString -}}
{{- end }}

{{/* Facts of the finished configuration: ports, and whether the HTTP port speaks TLS. */}}
{{- define "vivace.facts" -}}
{{- $config := dict -}}
{{- if not .Values.useExternalConfig -}}
{{- $config = include "tempo.calculatedConfig" . | fromYaml -}}
{{- end -}}
http: {{ dig "server" "http_listen_port" (include "tempo.serverHttpListenPort" .) $config | int }}
grpc: {{ dig "server" "grpc_listen_port" (include "tempo.serverGrpcListenPort" .) $config | int }}
gossip: {{ dig "memberlist" "bind_port" (include "tempo.memberlistBindPort" .) $config | int }}
scheme: {{ ternary "HTTPS" "HTTP" (not (empty (dig "server" "http_tls_config" "cert_file" "" $config))) }}
backend: {{ dig "storage" "trace" "backend" .Values.storage.trace.backend $config | quote }}
{{- end }}

{{/* The receivers of a distributor: what `traces` switches on, with its `receiverConfig` laid over the endpoint. */}}
{{- define "vivace.receivers" -}}
{{- $traces := .Values.traces -}}
{{- $receivers := dict -}}
{{- $jaeger := dict -}}
{{- range list (list "thriftCompact" "thrift_compact" 6831) (list "thriftBinary" "thrift_binary" 6832) (list "thriftHttp" "thrift_http" 14268) (list "grpc" "grpc" 14250) -}}
{{- $given := index $traces.jaeger (first .) -}}
{{- if $given.enabled }}{{ $_ := set $jaeger (index . 1) (include "vivace.receiver" (dict "port" (last .) "given" $given) | fromYaml) }}{{ end -}}
{{- end -}}
{{- if $jaeger }}{{ $_ := set $receivers "jaeger" (dict "protocols" $jaeger) }}{{ end -}}
{{- if $traces.zipkin.enabled }}{{ $_ := set $receivers "zipkin" (include "vivace.receiver" (dict "port" 9411 "given" $traces.zipkin) | fromYaml) }}{{ end -}}
{{- $otlp := dict -}}
{{- if $traces.otlp.http.enabled }}{{ $_ := set $otlp "http" (include "vivace.receiver" (dict "port" 4318 "given" $traces.otlp.http) | fromYaml) }}{{ end -}}
{{- if $traces.otlp.grpc.enabled }}{{ $_ := set $otlp "grpc" (include "vivace.receiver" (dict "port" $traces.otlp.grpc.port "given" $traces.otlp.grpc) | fromYaml) }}{{ end -}}
{{- if $otlp }}{{ $_ := set $receivers "otlp" (dict "protocols" $otlp) }}{{ end -}}
{{- if $traces.opencensus.enabled }}{{ $_ := set $receivers "opencensus" (include "vivace.receiver" (dict "port" 55678 "given" $traces.opencensus) | fromYaml) }}{{ end -}}
{{- with $traces.kafka }}{{ $_ := set $receivers "kafka" . }}{{ end -}}
{{- if $receivers }}{{ toYaml $receivers }}{{ else }}null{{ end -}}
{{- end }}

{{- define "vivace.receiver" -}}
{{- toYaml (mergeOverwrite (dict "endpoint" (printf "0.0.0.0:%d" (int .port))) (.given.receiverConfig | default dict)) -}}
{{- end }}

{{/* The ports of the receivers: Service port name and port, protocol, container port name and port. */}}
{{- define "vivace.receiverPorts" -}}
{{- $t := .Values.traces -}}
{{- $ports := list -}}
{{- if $t.jaeger.thriftCompact.enabled }}{{ $ports = append $ports (dict "service" "distributor-jaeger-thrift-compact" "port" 6831 "protocol" "UDP" "name" "jaeger-compact" "given" $t.jaeger.thriftCompact) }}{{ end -}}
{{- if $t.jaeger.thriftBinary.enabled }}{{ $ports = append $ports (dict "service" "distributor-jaeger-thrift-binary" "port" 6832 "protocol" "UDP" "name" "jaeger-binary" "given" $t.jaeger.thriftBinary) }}{{ end -}}
{{- if $t.jaeger.thriftHttp.enabled }}{{ $ports = append $ports (dict "service" "distributor-jaeger-thrift-http" "port" 14268 "protocol" "TCP" "name" "jaeger-http" "given" $t.jaeger.thriftHttp) }}{{ end -}}
{{- if $t.jaeger.grpc.enabled }}{{ $ports = append $ports (dict "service" "grpc-distributor-jaeger" "port" 14250 "protocol" "TCP" "name" "grpc-jaeger" "grpc" true "given" $t.jaeger.grpc) }}{{ end -}}
{{- if $t.zipkin.enabled }}{{ $ports = append $ports (dict "service" "distributor-zipkin" "port" 9411 "protocol" "TCP" "name" "zipkin" "given" $t.zipkin) }}{{ end -}}
{{- if $t.otlp.http.enabled }}{{ $ports = append $ports (dict "service" "distributor-otlp-http" "port" 4318 "protocol" "TCP" "name" "otlp-http" "given" $t.otlp.http) }}{{ end -}}
{{- if $t.otlp.grpc.enabled }}{{ $ports = append $ports (dict "service" "grpc-distributor-otlp" "port" (int $t.otlp.grpc.port) "protocol" "TCP" "name" "grpc-otlp" "grpc" true "given" $t.otlp.grpc) }}{{ $ports = append $ports (dict "service" "distributor-otlp-legacy" "port" 55680 "protocol" "TCP" "name" "grpc-otlp" "alias" true) }}{{ end -}}
{{- if $t.opencensus.enabled }}{{ $ports = append $ports (dict "service" "distributor-opencensus" "port" 55678 "protocol" "TCP" "name" "opencensus" "given" $t.opencensus) }}{{ end -}}
{{- range $ports -}}
{{- $_ := set . "container" (regexFind "[0-9]+$" (dig "given" "receiverConfig" "endpoint" "" .) | default .port | int) -}}
{{- $_ := unset . "given" -}}
{{- end -}}
{{- dict "ports" $ports | toYaml -}}
{{- end }}

{{/* The volumes and environment that bring the configuration into a pod. */}}
{{- define "tempo.configVolume" -}}
{{- $name := .Values.useExternalConfig | ternary (tpl .Values.externalConfigSecretName .) (printf "%s-config" (include "tempo.fullname" .)) -}}
{{- if eq .Values.configStorageType "Secret" -}}
secret:
  secretName: {{ $name }}
{{- else -}}
configMap:
  name: {{ $name }}
{{- end }}
  items:
    - key: tempo.yaml
      path: tempo.yaml
{{- end }}

{{- define "tempo.runtimeVolume" -}}
configMap:
  name: {{ .Values.useExternalConfig | ternary (tpl .Values.externalRuntimeConfigName .) (printf "%s-runtime" (include "tempo.fullname" .)) }}
  items:
    - key: overrides.yaml
      path: overrides.yaml
{{- end }}

{{/* What makes pods roll when the configuration changes: the file, or with an external one the version that the values name. */}}
{{- define "vivace.configChecksum" -}}
{{- if .Values.useExternalConfig -}}
{{- printf "external-%s" (toString .Values.externalConfigVersion) | sha256sum -}}
{{- else -}}
{{- printf "%s\n%s" (include "tempo.calculatedConfig" .) (toString .Values.externalConfigVersion) | sha256sum -}}
{{- end -}}
{{- end }}
