{{/*
Bounds of the JVM, computed from the memory limit, in JDK_JAVA_OPTIONS: JAVA_TOOL_OPTIONS of the image loses to it, the
command line of the image and _JAVA_OPTIONS win over it. Every part of the memory has a bound, so that a pod meets an error
that it can report instead of the limit of its cgroup.
*/}}

{{/* Bytes of a Kubernetes quantity such as 512Mi, 1Gi, 1.5G, 536870912. */}}
{{- define "vivace.bytes" -}}
{{- $text := toString . -}}
{{- $factors := dict "Ki" 1024.0 "Mi" 1048576.0 "Gi" 1073741824.0 "Ti" 1099511627776.0 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "" 1.0 -}}
{{- $suffix := regexFind "[A-Za-z]*$" $text -}}
{{- if not (hasKey $factors $suffix) }}{{ fail (printf "memory: %s (expected: a quantity such as 512Mi or 1Gi)" $text) }}{{ end -}}
{{- mulf (trimSuffix $suffix $text | float64) (get $factors $suffix) | int64 -}}
{{- end }}

{{/* Whole processors of a quantity such as 500m or 2, rounded up. */}}
{{- define "vivace.processors" -}}
{{- $text := toString . -}}
{{- if hasSuffix "m" $text -}}
{{- divf (trimSuffix "m" $text | float64) 1000.0 | ceil | int -}}
{{- else -}}
{{- float64 $text | ceil | int -}}
{{- end -}}
{{- end }}

{{/*
What a component needs (MiB): the limit that the numbers were made for, heap and direct memory at that limit, the code cache.
Of memory beyond that limit the heap gets three quarters and direct memory a tenth; below it all shrink alike.
*/}}
{{- define "vivace.budget" -}}
gateway: { limit: 256, heap: 64, direct: 32, code: 32, metaspace: 96, stack: 256 }
query-frontend: { limit: 512, heap: 256, direct: 64, code: 48, metaspace: 112, stack: 512 }
distributor: { limit: 512, heap: 224, direct: 96, code: 48, metaspace: 112, stack: 512 }
querier: { limit: 512, heap: 256, direct: 64, code: 64, metaspace: 112, stack: 512 }
compactor: { limit: 512, heap: 256, direct: 48, code: 48, metaspace: 112, stack: 512 }
metrics-generator: { limit: 512, heap: 224, direct: 64, code: 48, metaspace: 112, stack: 512 }
ingester: { limit: 1024, heap: 600, direct: 128, code: 64, metaspace: 112, stack: 512 }
{{- end }}

{{/* JDK_JAVA_OPTIONS of a component: a dict with `ctx`, `component`, `settings` (the merged section). */}}
{{- define "vivace.jvmOptions" -}}
{{- $jvm := mergeOverwrite (deepCopy .ctx.Values.jvm) (deepCopy (.settings.jvm | default dict)) -}}
{{- $budget := index (include "vivace.budget" . | fromYaml) .component -}}
{{- $limit := dig "resources" "limits" "memory" "" .settings | default $jvm.assumedMemory -}}
{{- $mebibytes := divf (include "vivace.bytes" $limit | float64) 1048576.0 -}}
{{- $small := ternary (divf $mebibytes $budget.limit) 1.0 (lt $mebibytes (float64 $budget.limit)) -}}
{{- $more := subf (max (floor $mebibytes) $budget.limit | float64) $budget.limit -}}
{{- $heap := addf (mulf $budget.heap $small) (mulf $more 0.75) | floor | int -}}
{{- if $jvm.heapPercent }}{{ $heap = mulf $mebibytes (divf $jvm.heapPercent 100.0) | floor | int }}{{ end -}}
{{- $direct := addf (mulf $budget.direct $small) (mulf $more 0.1) | floor | int -}}
{{- $gcs := dict "serial" "-XX:+UseSerialGC" "g1" "-XX:+UseG1GC" "shenandoah" "-XX:+UseShenandoahGC -XX:ShenandoahGCMode=generational" "parallel" "-XX:+UseParallelGC" "zgc" "-XX:+UseZGC -XX:AOTMode=off" -}}
{{- $options := list
      (printf "-Xmx%v" (default (printf "%dm" $heap) $jvm.maxHeap))
      (printf "-XX:MaxDirectMemorySize=%v" (default (printf "%dm" $direct) $jvm.maxDirectMemory))
      (printf "-XX:ReservedCodeCacheSize=%v" (default (printf "%dm" (int $budget.code)) $jvm.codeCache))
      (printf "-XX:MaxMetaspaceSize=%v" (default (printf "%dm" (int $budget.metaspace)) $jvm.maxMetaspace))
      (printf "-Xss%dk" (int $budget.stack))
      (get $gcs $jvm.gc)
      "-XX:-UsePerfData" -}}
{{- $processors := 2 -}}
{{- with dig "resources" "requests" "cpu" "" .settings }}{{ $processors = include "vivace.processors" . | int }}{{ end -}}
{{- with dig "resources" "limits" "cpu" "" .settings }}{{ $processors = include "vivace.processors" . | int }}{{ end -}}
{{- if ne (toString $jvm.activeProcessorCount) "auto" }}{{ $processors = int $jvm.activeProcessorCount }}{{ end -}}
{{- $options = append $options (printf "-XX:ActiveProcessorCount=%d" (max 1 $processors | int)) -}}
{{- if eq (default "c2" $jvm.tier) "c1" }}{{ $options = append $options "-XX:TieredStopAtLevel=1" }}{{ end -}}
{{- if $jvm.exitOnOutOfMemory }}{{ $options = append $options "-XX:+ExitOnOutOfMemoryError" }}{{ end -}}
{{- if $jvm.heapDump.enabled }}{{ $options = append $options (printf "-XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=%s" $jvm.heapDump.path) }}{{ end -}}
{{- if not $jvm.aotCache }}{{ $options = append $options "-XX:AOTMode=off" }}{{ end -}}
{{- if $jvm.fixedArchiveAddress }}{{ $options = append $options "-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0" }}{{ end -}}
{{- $options = append $options (printf "-Dsun.net.inetaddr.ttl=%d" (int $jvm.dnsTtlSeconds)) -}}
{{- concat $options $jvm.extraOptions | compact | join " " -}}
{{- end }}

{{/* The environment of a JVM, nothing when it is switched off or the values bring their own JDK_JAVA_OPTIONS. */}}
{{- define "vivace.jvmEnv" -}}
{{- $jvm := mergeOverwrite (deepCopy .ctx.Values.jvm) (deepCopy (.settings.jvm | default dict)) -}}
{{- $own := false -}}
{{- range concat (.ctx.Values.global.extraEnv | default list) (.settings.extraEnv | default list) -}}
{{- if eq .name "JDK_JAVA_OPTIONS" }}{{ $own = true }}{{ end -}}
{{- end -}}
{{- if and $jvm.enabled (not $own) -}}
- name: JDK_JAVA_OPTIONS
  value: {{ include "vivace.jvmOptions" . | quote }}
- name: MALLOC_ARENA_MAX
  value: "2"
{{- end -}}
{{- end }}
