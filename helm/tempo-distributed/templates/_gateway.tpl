{{/*
Which gateway: `spring` is Vivace's own, `nginx` the one of the old chart for values that bring an nginx configuration or image.
*/}}
{{- define "vivace.gatewayImplementation" -}}
{{- $g := .Values.gateway -}}
{{- $nginx := or $g.nginxConfig.file $g.nginxConfig.serverSnippet $g.nginxConfig.httpSnippet (contains "nginx" ($g.image.repository | default "")) -}}
{{- if ne $g.implementation "auto" }}{{ $g.implementation }}{{ else if $nginx }}nginx{{ else }}spring{{ end -}}
{{- end }}

{{- define "tempo.gatewayAuthSecret" -}}
{{- default (include "tempo.resourceName" (dict "ctx" . "component" "gateway")) .Values.gateway.basicAuth.existingSecret -}}
{{- end }}

{{/* The configuration file of Vivace's gateway: where the services are, and what it asks of clients. */}}
{{- define "vivace.gatewayConfig" -}}
{{- $facts := include "vivace.facts" . | fromYaml -}}
{{- $config := dict -}}
{{- if not .Values.useExternalConfig }}{{ $config = include "tempo.calculatedConfig" . | fromYaml }}{{ end -}}
{{- $distributor := include "vivace.host" (dict "ctx" . "component" "distributor") -}}
{{- $frontend := include "vivace.host" (dict "ctx" . "component" "query-frontend") -}}
{{- with $config.http_api_prefix }}
http_api_prefix: {{ . }}
{{- end }}
server:
  log_level: {{ .Values.server.logLevel }}
  log_format: {{ .Values.server.logFormat }}
gateway:
  http_listen_port: 8080
  admin_listen_port: {{ $facts.http }}
  {{- if .Values.gateway.basicAuth.enabled }}
  basic_auth:
    htpasswd_file: /etc/vivace/auth/.htpasswd
  {{- end }}
  expose_admin: {{ .Values.gateway.config.exposeAdmin }}
  access_log: {{ ternary "all" "failed" .Values.gateway.verboseLogging }}
  max_request_body_bytes: {{ int64 .Values.gateway.config.maxRequestBodyBytes }}
  read_timeout: {{ .Values.gateway.config.readTimeout }}
  upstreams:
    distributor: {{ $distributor }}:{{ $facts.http }}
    distributor_otlp_http: {{ $distributor }}:4318
    distributor_otlp_grpc: {{ $distributor }}:{{ int .Values.traces.otlp.grpc.port }}
    distributor_zipkin: {{ $distributor }}:9411
    distributor_jaeger_thrift_http: {{ $distributor }}:14268
    ingester: {{ include "vivace.host" (dict "ctx" . "component" (ternary "ingester-discovery" "ingester" .Values.ingester.zoneAwareReplication.enabled)) }}:{{ $facts.http }}
    query_frontend: {{ $frontend }}:{{ $facts.http }}
    query_frontend_grpc: {{ $frontend }}:{{ $facts.grpc }}
    compactor: {{ include "vivace.host" (dict "ctx" . "component" "compactor") }}:{{ $facts.http }}
{{- end }}

{{/* The configuration of nginx: the same routes, resolved when a request comes. */}}
{{- define "vivace.nginxConfig" -}}
{{- $facts := include "vivace.facts" . | fromYaml -}}
{{- $distributor := include "vivace.host" (dict "ctx" . "component" "distributor") -}}
{{- $frontend := include "vivace.host" (dict "ctx" . "component" "query-frontend") -}}
{{- $ingester := include "vivace.host" (dict "ctx" . "component" "ingester") -}}
{{- $compactor := include "vivace.host" (dict "ctx" . "component" "compactor") -}}
{{- $g := .Values.gateway -}}
{{- $auth := "" -}}
{{- if $g.basicAuth.enabled }}{{ $auth = "auth_basic \"Tempo\"; auth_basic_user_file /etc/nginx/secrets/.htpasswd;" }}{{ end -}}
worker_processes 2;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events {
  worker_connections 4096;
}
http {
  default_type application/octet-stream;
  client_body_temp_path /tmp/client;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  client_max_body_size {{ int64 $g.config.maxRequestBodyBytes }};
  proxy_read_timeout {{ $g.config.readTimeout }};
  proxy_http_version 1.1;
  resolver {{ default (printf "%s.%s.svc.%s." .Values.global.dnsService .Values.global.dnsNamespace .Values.global.clusterDomain) $g.nginxConfig.resolver }} valid=10s;
  {{- $g.nginxConfig.logFormat | nindent 2 }}
  {{- if $g.verboseLogging }}
  access_log /dev/stderr main;
  {{- else }}
  map $status $interesting {
    ~^[23] 0;
    default 1;
  }
  access_log /dev/stderr main if=$interesting;
  {{- end }}
  {{- with $g.nginxConfig.httpSnippet }}
  {{- tpl . $ | nindent 2 }}
  {{- end }}
  server {
    listen 8080;
    {{ $auth }}
    set $distributor {{ $distributor }};
    set $frontend {{ $frontend }};
    set $ingester {{ $ingester }};
    set $compactor {{ $compactor }};
    location = / {
      auth_basic off;
      return 200 'OK';
    }
    location = /jaeger/api/traces {
      proxy_pass http://$distributor:14268/api/traces$is_args$args;
    }
    location = /zipkin/spans {
      proxy_pass http://$distributor:9411/spans$is_args$args;
    }
    location ~ ^/(otlp/)?v1/traces$ {
      proxy_pass http://$distributor:4318/v1/traces$is_args$args;
    }
    location ~ ^/(distributor|ingester|metrics-generator)/ring$ {
      proxy_pass http://$distributor:{{ $facts.http }}$request_uri;
    }
    location = /compactor/ring {
      proxy_pass http://$compactor:{{ $facts.http }}$request_uri;
    }
    {{- if $g.config.exposeAdmin }}
    location ~ ^/(flush|shutdown)$ {
      proxy_pass http://$ingester:{{ $facts.http }}$request_uri;
    }
    {{- end }}
    location /api {
      proxy_pass http://$frontend:{{ $facts.http }}$request_uri;
    }
    location / {
      return 404;
    }
    {{- with $g.nginxConfig.serverSnippet }}
    {{- tpl . $ | nindent 4 }}
    {{- end }}
  }
  {{- if .Values.traces.otlp.grpc.enabled }}
  server {
    listen {{ int .Values.traces.otlp.grpc.port }} http2;
    {{ $auth }}
    set $distributor {{ $distributor }};
    location ~ /opentelemetry {
      grpc_pass grpc://$distributor:{{ int .Values.traces.otlp.grpc.port }};
    }
    location / {
      return 404;
    }
  }
  {{- end }}
}
{{- end }}

{{- define "vivace.gatewayImage" -}}
{{- $image := deepCopy .settings.image -}}
{{- if and .nginx (not $image.repository) }}{{ $_ := set $image "repository" "nginxinc/nginx-unprivileged" }}{{ end -}}
{{- if and .nginx (not $image.tag) }}{{ $_ := set $image "tag" "1.27-alpine" }}{{ end -}}
{{- if not (or .nginx $image.repository) }}{{ $_ := set $image "repository" "vivace-gateway" }}{{ end -}}
{{- include "tempo.imageReference" (dict "ctx" .ctx "component" "gateway" "image" $image "foreign" .nginx) -}}
{{- end }}

{{/* The pod of the gateway: a dict as for `vivace.servicePod`, and `nginx`, `otlp`, `auth`, `name`, `text`, `facts`. */}}
{{- define "vivace.gatewayPod" -}}
{{- $ctx := .ctx -}}{{- $s := .settings -}}
metadata:
  annotations:
    {{- toYaml (mergeOverwrite (dict "checksum/config" (sha256sum .text)) (deepCopy ($ctx.Values.global.podAnnotations | default dict)) (deepCopy ($ctx.Values.tempo.podAnnotations | default dict)) (deepCopy ($s.podAnnotations | default dict))) | nindent 4 }}
  labels:
    {{- toYaml (mergeOverwrite (deepCopy ($ctx.Values.global.podLabels | default dict)) (deepCopy ($s.podLabels | default dict)) (include "tempo.selectorLabels" . | fromYaml)) | nindent 4 }}
spec:
  {{- include "vivace.podSpec" . | nindent 2 }}
  containers:
    - name: {{ ternary "nginx" "gateway" .nginx }}
      image: {{ include "vivace.gatewayImage" . }}
      imagePullPolicy: {{ $s.image.pullPolicy }}
      {{- if or (not .nginx) $s.extraArgs }}
      args:
        {{- if not .nginx }}
        - -target=gateway
        - -config.file=/conf/tempo.yaml
        {{- with $s.shutdownDelay }}
        - -shutdown-delay={{ . }}
        {{- end }}
        {{- end }}
        {{- with $s.extraArgs }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with and (not .nginx) $ctx.Values.global.extraArgs }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      ports:
        - name: http-metrics
          containerPort: 8080
        {{- if not .nginx }}
        - name: http-admin
          containerPort: {{ .facts.http }}
        {{- else if .otlp }}
        - name: grpc-otlp
          containerPort: {{ int $ctx.Values.traces.otlp.grpc.port }}
        {{- end }}
      {{- if .nginx }}
      {{- include "vivace.env" (mergeOverwrite (dict) . (dict "settings" (mergeOverwrite (deepCopy $s) (dict "jvm" (dict "enabled" false))))) | nindent 6 }}
      {{- else }}
      {{- include "vivace.env" . | nindent 6 }}
      {{- end }}
      {{- with $s.lifecycle }}
      lifecycle:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if not .nginx }}
      startupProbe:
        {{- include "vivace.probe" (dict "all" $s.startupProbe "scheme" "HTTP") | nindent 8 }}
      {{- end }}
      livenessProbe:
        {{- include "vivace.probe" (dict "all" $s.livenessProbe "scheme" "HTTP") | nindent 8 }}
      readinessProbe:
        {{- include "vivace.probe" (dict "all" $s.readinessProbe "scheme" "HTTP") | nindent 8 }}
      resources:
        {{- toYaml ($s.resources | default dict) | nindent 8 }}
      securityContext:
        {{- include "vivace.containerSecurity" . | nindent 8 }}
      volumeMounts:
        - name: config
          mountPath: {{ ternary "/etc/nginx" "/conf" .nginx }}
        {{- if .auth }}
        - name: auth
          mountPath: {{ ternary "/etc/nginx/secrets" "/etc/vivace/auth" .nginx }}
        {{- end }}
        - name: tmp
          mountPath: /tmp
        {{- if .nginx }}
        - name: docker-entrypoint-d-override
          mountPath: /docker-entrypoint.d
        {{- end }}
        {{- with $s.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    {{- with $s.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    - name: config
      configMap:
        name: {{ .name }}
    {{- if .auth }}
    - name: auth
      secret:
        secretName: {{ include "tempo.gatewayAuthSecret" $ctx }}
    {{- end }}
    - name: tmp
      emptyDir:
        {{- toYaml (omit $ctx.Values.tempo.tmp (empty $ctx.Values.tempo.tmp.medium | ternary "medium" "none")) | nindent 8 }}
    {{- if .nginx }}
    - name: docker-entrypoint-d-override
      emptyDir: {}
    {{- end }}
    {{- with $s.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}
