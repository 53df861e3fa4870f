{{/*
The settings of a component: its own section of the values over `defaults`. Keys that are null count as not given.
*/}}
{{- define "vivace.settings" -}}
{{- $own := dict -}}
{{- range $key, $value := index .ctx.Values (include "tempo.componentSectionFromName" .) -}}
{{- if not (kindIs "invalid" $value) }}{{ $_ := set $own $key $value }}{{ end -}}
{{- end -}}
{{- toYaml (mergeOverwrite (deepCopy (.ctx.Values.defaults | default dict)) (deepCopy $own)) -}}
{{- end }}

{{/* A text of templates, or a list or a map: `affinity` and `topologySpreadConstraints` take all three. */}}
{{- define "vivace.tpl" -}}
{{- if kindIs "string" .value }}{{ tpl .value .ctx }}{{ else }}{{ tpl (toYaml .value) .ctx }}{{ end -}}
{{- end }}

{{/* Which components are members of the rings. */}}
{{- define "vivace.member" -}}
{{- if has .component (list "ingester" "distributor" "querier" "compactor" "metrics-generator") }}true{{ end -}}
{{- end }}

{{/* The security of a container and of a pod; OpenShift's admission chooses the ids itself. */}}
{{- define "vivace.openshift" -}}
{{- if eq (toString .Values.openshift.enabled) "auto" -}}
{{- if .Capabilities.APIVersions.Has "security.openshift.io/v1" }}true{{ end -}}
{{- else if .Values.openshift.enabled }}true{{ end -}}
{{- end }}

{{- define "vivace.containerSecurity" -}}
{{- $context := mergeOverwrite (deepCopy (.ctx.Values.tempo.securityContext | default dict)) (deepCopy (.settings.securityContext | default dict)) -}}
{{- if include "vivace.openshift" .ctx }}{{ $context = omit $context "runAsUser" "runAsGroup" }}{{ end -}}
{{- toYaml $context -}}
{{- end }}

{{- define "vivace.podSecurity" -}}
{{- $context := mergeOverwrite (deepCopy (.ctx.Values.tempo.podSecurityContext | default dict)) (deepCopy (.settings.podSecurityContext | default dict)) -}}
{{- if include "vivace.openshift" .ctx }}{{ $context = omit $context "runAsUser" "runAsGroup" "fsGroup" "fsGroupChangePolicy" }}{{ end -}}
{{- toYaml $context -}}
{{- end }}

{{/* A probe: what the component says over what all have; the scheme is that of the port. */}}
{{- define "vivace.probe" -}}
{{- $probe := mergeOverwrite (deepCopy (.all | default dict)) (deepCopy (.own | default dict)) -}}
{{- if or $probe.exec $probe.tcpSocket $probe.grpc }}{{ $probe = omit $probe "httpGet" }}{{ end -}}
{{- if and $probe.httpGet (eq .scheme "HTTPS") (not $probe.httpGet.scheme) -}}
{{- $_ := set $probe.httpGet "scheme" "HTTPS" -}}
{{- end -}}
{{- toYaml $probe -}}
{{- end }}

{{/* Environment: JVM, secrets of the object store, global, the component's own; the last one of a name wins. */}}
{{- define "vivace.env" -}}
{{- $env := list -}}
{{- with include "vivace.jvmEnv" . }}{{ $env = concat $env (fromYamlArray .) }}{{ end -}}
{{- $secret := .ctx.Values.storage.trace.existingSecret -}}
{{- if and $secret.mapping (ne .component "gateway") -}}
{{- range $path, $key := $secret.mapping -}}
{{- $ref := dict "secretKeyRef" (dict "name" (required "storage.trace.existingSecret.name: missing (expected: the Secret that holds the keys of mapping)" $secret.name) "key" $key) -}}
{{- $env = append $env (dict "name" (include "vivace.secretVariable" $path) "valueFrom" $ref) -}}
{{- end -}}
{{- end -}}
{{- $env = concat $env (.ctx.Values.global.extraEnv | default list) (.settings.extraEnv | default list) -}}
{{- $byName := dict -}}{{- $names := list -}}
{{- range $env -}}
{{- if not (hasKey $byName .name) }}{{ $names = append $names .name }}{{ end -}}
{{- $_ := set $byName .name . -}}
{{- end -}}
{{- if $names }}
env:
{{- range $names }}
  {{- toYaml (list (get $byName .)) | nindent 2 }}
{{- end }}
{{- end }}
{{- with concat (.ctx.Values.global.extraEnvFrom | default list) (.settings.extraEnvFrom | default list) }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What stands in every pod beside its containers. */}}
{{- define "vivace.podSpec" -}}
{{- $ctx := .ctx -}}{{- $s := .settings -}}
serviceAccountName: {{ include "tempo.serviceAccountName" $ctx }}
automountServiceAccountToken: {{ $ctx.Values.serviceAccount.automountServiceAccountToken }}
enableServiceLinks: false
{{- with coalesce $ctx.Values.global.priorityClassName $s.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- include "tempo.imagePullSecrets" (dict "ctx" $ctx "component" .component "image" (.pullSecretsOf | default $s.image)) }}
securityContext:
  {{- include "vivace.podSecurity" . | nindent 2 }}
{{- with $s.terminationGracePeriodSeconds }}
terminationGracePeriodSeconds: {{ int . }}
{{- end }}
{{- if $ctx.Values.openshift.hostUsers | kindIs "bool" }}
hostUsers: {{ $ctx.Values.openshift.hostUsers }}
{{- end }}
{{- with mergeOverwrite (deepCopy ($ctx.Values.tempo.dnsConfig | default dict)) (deepCopy ($s.dnsConfig | default dict)) (deepCopy (.dnsConfig | default dict)) }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $s.hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $s.initContainers }}
initContainers:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $s.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- include "vivace.tpl" (dict "ctx" $ctx "value" .) | trim | nindent 2 }}
{{- end }}
{{- with .affinity | default $s.affinity }}
affinity:
  {{- include "vivace.tpl" (dict "ctx" $ctx "value" .) | trim | nindent 2 }}
{{- end }}
{{- with .nodeSelector | default $s.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $s.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "vivace.podMetadata" -}}
{{- $annotations := dict "checksum/config" .checksum -}}
{{- $_ := mergeOverwrite $annotations (deepCopy (.ctx.Values.global.podAnnotations | default dict)) (deepCopy (.ctx.Values.tempo.podAnnotations | default dict)) (deepCopy (.settings.podAnnotations | default dict)) (deepCopy (.zoneAnnotations | default dict)) -}}
annotations:
  {{- toYaml $annotations | nindent 2 }}
labels:
  {{- include "tempo.podLabels" . | nindent 2 }}
{{- end }}

{{/*
The pod of a Vivace service: a dict with `ctx`, `component`, `settings`, `memberlist`, and for zones `rolloutZoneName`,
`affinity`, `nodeSelector`, `zoneAnnotations`. `volume` is the name of the volume at /var/tempo, `volumes` its source.
*/}}
{{- define "vivace.servicePod" -}}
{{- $ctx := .ctx -}}{{- $s := .settings -}}
{{- $facts := include "vivace.facts" $ctx | fromYaml -}}
{{- $tempo := $ctx.Values.tempo -}}
{{- $shared := and (eq $facts.backend "local") $ctx.Values.storage.trace.local.sharedVolume.enabled (ne .component "distributor") -}}
metadata:
  {{- include "vivace.podMetadata" (mergeOverwrite (dict "checksum" (include "vivace.configChecksum" $ctx)) .) | nindent 2 }}
spec:
  {{- include "vivace.podSpec" . | nindent 2 }}
  containers:
    - name: {{ .component }}
      image: {{ include "tempo.imageReference" . }}
      imagePullPolicy: {{ $tempo.image.pullPolicy }}
      args:
        - -target={{ .component }}
        - -config.file=/conf/tempo.yaml
        {{- if $ctx.Values.storage.trace.existingSecret.mapping }}
        - -config.expand-env=true
        {{- end }}
        {{- with .rolloutZoneName }}
        - -ingester.availability-zone={{ . }}
        {{- end }}
        {{- with $s.shutdownDelay }}
        - -shutdown-delay={{ . }}
        {{- end }}
        {{- with $s.extraArgs }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $ctx.Values.global.extraArgs }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        {{- include "vivace.containerPorts" (dict "ctx" $ctx "component" .component "facts" $facts "settings" $s) | nindent 8 }}
      {{- include "vivace.env" . | nindent 6 }}
      {{- with $s.lifecycle }}
      lifecycle:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      startupProbe:
        {{- include "vivace.probe" (dict "all" $tempo.startupProbe "own" $s.startupProbe "scheme" $facts.scheme) | nindent 8 }}
      livenessProbe:
        {{- include "vivace.probe" (dict "all" $tempo.livenessProbe "own" $s.livenessProbe "scheme" $facts.scheme) | nindent 8 }}
      readinessProbe:
        {{- include "vivace.probe" (dict "all" $tempo.readinessProbe "own" $s.readinessProbe "scheme" $facts.scheme) | nindent 8 }}
      resources:
        {{- toYaml ($s.resources | default dict) | nindent 8 }}
      securityContext:
        {{- include "vivace.containerSecurity" . | nindent 8 }}
      volumeMounts:
        - name: config
          mountPath: /conf
        - name: runtime-config
          mountPath: /runtime-config
        - name: {{ .volume }}
          mountPath: /var/tempo
        {{- if $shared }}
        - name: shared-blocks
          mountPath: /var/tempo/traces
        {{- end }}
        - name: tmp
          mountPath: /tmp
        {{- with $s.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    {{- with $s.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    - name: config
      {{- include "tempo.configVolume" $ctx | nindent 6 }}
    - name: runtime-config
      {{- include "tempo.runtimeVolume" $ctx | nindent 6 }}
    {{- with .source }}
    - name: {{ $.volume }}
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- if $shared }}
    - name: shared-blocks
      persistentVolumeClaim:
        claimName: {{ include "vivace.sharedClaim" $ctx }}
    {{- end }}
    - name: tmp
      emptyDir:
        {{- toYaml (omit $tempo.tmp (empty $tempo.tmp.medium | ternary "medium" "none")) | nindent 8 }}
    {{- with $s.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{- define "vivace.sharedClaim" -}}
{{- default (printf "%s-blocks" (include "tempo.fullname" .)) .Values.storage.trace.local.sharedVolume.existingClaim -}}
{{- end }}

{{- define "vivace.containerPorts" -}}
{{- $facts := .facts -}}
{{- if eq .component "metrics-generator" }}
{{- range .settings.ports }}
- name: {{ .name }}
  containerPort: {{ int .port }}
{{- end }}
{{- else }}
- name: http-metrics
  containerPort: {{ $facts.http }}
- name: grpc
  containerPort: {{ $facts.grpc }}
{{- if include "vivace.member" . }}
- name: http-memberlist
  containerPort: {{ $facts.gossip }}
{{- end }}
{{- if eq .component "distributor" }}
{{- range (include "vivace.receiverPorts" .ctx | fromYaml).ports }}
{{- if not .alias }}
- name: {{ .name }}
  containerPort: {{ int .container }}
  protocol: {{ .protocol }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The default of `affinity`: pods of a component on different nodes, and in different zones, where that is possible. */}}
{{- define "vivace.spreadOverNodes" -}}
{{- $labels := include "tempo.selectorLabels" . -}}
podAntiAffinity:
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- $labels | nindent 12 }}
    - weight: 75
      podAffinityTerm:
        topologyKey: topology.kubernetes.io/zone
        labelSelector:
          matchLabels:
            {{- $labels | nindent 12 }}
{{- end }}

{{/* The affinity of the old chart: never two pods of a component on one node. */}}
{{- define "vivace.oneForEachNode" -}}
{{- $labels := include "tempo.selectorLabels" . -}}
podAntiAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    - topologyKey: kubernetes.io/hostname
      labelSelector:
        matchLabels:
          {{- $labels | nindent 10 }}
  preferredDuringSchedulingIgnoredDuringExecution:
    - weight: 100
      podAffinityTerm:
        topologyKey: topology.kubernetes.io/zone
        labelSelector:
          matchLabels:
            {{- $labels | nindent 12 }}
{{- end }}

{{- define "vivace.spreadOverZones" -}}
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "tempo.selectorLabels" . | nindent 6 }}
{{- end }}
