"""Runs what the chart renders on one machine, without a cluster: a network namespace a pod, the names of Services by DNS,
ClusterIPs by forwarding, exact arguments, user, read-only root and memory limit, readiness probes.

    unshare -n -m --propagation private python3 kubelet.py MANIFESTS.json JAVA-HOME LIBRARIES WORK-FOLDER

MANIFESTS.json is a list of Kubernetes objects; LIBRARIES a folder with every jar. Needs root, iproute2 and util-linux.
Reads commands from standard input, a line each, and answers each with one line that begins with `ok` or `error`:
    wait SECONDS           until every pod is ready
    kill POD               SIGKILL, and a new container with the same volumes and address
    roll WORKLOAD          a new pod beside each, SIGTERM to the old one when the new one is ready
    cut POD | heal POD     takes its link down, and up again
    memory                 of every pod its peak and its limit in MiB, 0 where there are no cgroups, and its restarts
    load TRACES            sends that many traces of two spans to the Services of the distributor, in turn over OTLP/HTTP,
                           Zipkin and OpenCensus, in the background; what is refused is sent again, as clients do
    loaded SECONDS         waits for the load: how many traces were acknowledged, how many answers were refusals
    find SECONDS           asks the gateway's Service for every acknowledged trace until all are there: lost, doubled, found
    stop                   SIGTERM to all, waits
"""
import base64
import json
import os
import random
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
GATEWAY = "10.244.0.1"
BOUNDED = os.path.isdir("/sys/fs/cgroup/memory") or os.path.exists("/sys/fs/cgroup/cgroup.controllers")
GROUPS = "/sys/fs/cgroup/memory" if os.path.isdir("/sys/fs/cgroup/memory") else "/sys/fs/cgroup"
VERSION_1 = GROUPS.endswith("/memory")


def sh(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def quantity(text):
    units = {"Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30}
    return int(text[:-2]) * units[text[-2:]] if text[-2:] in units else int(text)


class Pod:
    """One container with its volumes and address; a restart keeps both."""

    count = 1

    def __init__(self, cluster, name, labels, spec):
        Pod.count += 1
        self.cluster, self.name, self.labels, self.spec = cluster, name, labels, spec
        self.container = spec["containers"][0]
        self.address = "10.244.%d.%d" % (Pod.count // 250, Pod.count % 250 + 2)
        self.interface = "v%d" % Pod.count
        self.space = "pod%d" % Pod.count
        self.folder = os.path.join(cluster.work, name)
        self.ports = {p["name"]: p["containerPort"] for p in self.container.get("ports", [])}
        self.process = None
        self.ready = self.cut = self.retired = False
        self.restarts = 0
        os.makedirs(self.folder)
        self.network()
        self.describe()

    def network(self):
        sh("ip", "netns", "add", self.space)
        sh("ip", "link", "add", self.interface, "type", "veth", "peer", "name", "eth0", "netns", self.space)
        sh("ip", "link", "set", self.interface, "master", "cluster", "up")
        inside = ("ip", "-n", self.space)
        sh(*inside, "link", "set", "lo", "up")
        sh(*inside, "addr", "add", self.address + "/16", "dev", "eth0")
        sh(*inside, "link", "set", "eth0", "up")
        sh(*inside, "route", "add", "default", "via", GATEWAY)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def describe(self):
        cluster, namespace = self.cluster, self.cluster.namespace
        mounts = ["%s /opt/java ro" % cluster.java, "%s /app/libs ro" % cluster.libraries]
        volumes = {v["name"]: v for v in self.spec.get("volumes", [])}
        for mount in self.container.get("volumeMounts", []):
            volume = volumes.get(mount["name"], {})
            source = os.path.join(self.folder, "volumes", mount["name"])
            os.makedirs(source, exist_ok=True)
            for kind, key in (("configMap", "name"), ("secret", "secretName")):
                if kind in volume:
                    cluster.files(kind, volume[kind][key], volume[kind].get("items"), source)
            writable = not ("configMap" in volume or "secret" in volume or mount.get("readOnly"))
            os.chown(source, 10001, 10001)
            mounts.append("%s %s %s" % (source, mount["mountPath"], "rw" if writable else "ro"))
        self.write("mounts", "\n".join(mounts) + "\n")
        self.write("address", self.address)
        self.write("resolv.conf", "search {0}.svc.cluster.local svc.cluster.local cluster.local\nnameserver {1}\n"
                   "options ndots:5 timeout:2\n".format(namespace, GATEWAY))
        environment = ["HOME=/tmp", "PATH=/opt/java/bin"]
        for entry in self.container.get("env", []):
            if "value" in entry:
                environment.append("%s=%s" % (entry["name"], entry["value"]))
        self.write("environment", "\n".join(environment) + "\n")
        main = "io.vivace.gateway.GatewayMain" if "gateway" in self.container["image"] else "io.vivace.all.Vivace"
        options = [line.strip() for line in open(os.path.join(HERE, "..", "..", "docker", "options"))]
        arguments = ["/opt/java/bin/java", *options, "-cp", "/app/libs/*", main, *self.container.get("args", [])]
        self.write("arguments", "\n".join(arguments) + "\n")
        limit = self.container.get("resources", {}).get("limits", {}).get("memory")
        self.limit = quantity(limit) if limit and BOUNDED else 0
        self.group = os.path.join(GROUPS, "vivace-%d-%s" % (os.getpid(), self.space))

    def start(self):
        if self.limit:
            os.makedirs(self.group, exist_ok=True)
            name = "memory.limit_in_bytes" if VERSION_1 else "memory.max"
            with open(os.path.join(self.group, name), "w") as file:
                file.write(str(self.limit))
        user = str(self.container.get("securityContext", {}).get("runAsUser", 10001))
        log = open(os.path.join(self.folder, "log.txt"), "a")
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", self.space, "unshare", "-m", "-u", os.path.join(HERE, "pod"), self.folder,
             self.name, user], stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, preexec_fn=self.join)
        self.started = time.time()

    def join(self):
        # before the network namespace is entered: that hides the cgroups
        if self.limit:
            with open(os.path.join(self.group, "cgroup.procs"), "w") as file:
                file.write("0")

    def probe(self):
        probe = self.container.get("readinessProbe", {}).get("httpGet")
        if self.process.poll() is not None:
            return False
        if not probe:
            return True
        port = self.ports.get(probe["port"], probe["port"])
        try:
            url = "http://%s:%s%s" % (self.address, port, probe["path"])
            with urllib.request.urlopen(url, timeout=3) as answer:
                return answer.status == 200
        except OSError:
            return False

    def peak(self):
        name = "memory.max_usage_in_bytes" if VERSION_1 else "memory.peak"
        try:
            return int(open(os.path.join(self.group, name)).read())
        except OSError:
            return 0

    def end(self, number):
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)


class Cluster:
    def __init__(self, manifests, java, libraries, work):
        self.java, self.libraries, self.work = java, libraries, work
        self.objects = json.load(open(manifests))
        self.services = [o for o in self.objects if o["kind"] == "Service"]
        self.namespace = next(o["metadata"].get("namespace", "default") for o in self.services)
        self.pods, self.addresses, self.lock = [], {}, threading.RLock()
        self.stopping = False
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        os.makedirs("/run/netns", exist_ok=True)
        sh("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
        sh("ip", "link", "set", "lo", "up")
        sh("ip", "link", "add", "cluster", "type", "bridge")
        sh("ip", "addr", "add", GATEWAY + "/16", "dev", "cluster")
        sh("ip", "link", "set", "cluster", "up")
        for number, service in enumerate(self.services, 2):
            if service["spec"].get("clusterIP") != "None":
                address = "10.96.0.%d" % number
                self.addresses[service["metadata"]["name"]] = address
                sh("ip", "addr", "add", address + "/32", "dev", "cluster")
                for port in service["spec"]["ports"]:
                    udp = port.get("protocol") == "UDP"
                    target = self.datagrams if udp else self.connections
                    threading.Thread(target=target, args=(service, address, port), daemon=True).start()
        threading.Thread(target=self.names, daemon=True).start()
        for workload in self.objects:
            if workload["kind"] in ("Deployment", "StatefulSet"):
                self.workload(workload)
        threading.Thread(target=self.probes, daemon=True).start()

    def workload(self, workload):
        template = workload["spec"]["template"]
        image = template["spec"]["containers"][0]["image"]
        if "vivace" not in image:
            return
        # claimed volumes are folders like the others: they live as long as the pod's name
        for number in range(workload["spec"].get("replicas", 1)):
            name = "%s-%d" % (workload["metadata"]["name"], number)
            pod = Pod(self, name, template["metadata"]["labels"], template["spec"])
            self.pods.append(pod)
            pod.start()

    def files(self, kind, name, items, folder):
        for thing in self.objects:
            if thing["kind"].lower() == kind.lower() and thing["metadata"]["name"] == name:
                data = {**thing.get("data", {}), **thing.get("stringData", {})}
                for key, text in data.items():
                    path = next((i["path"] for i in items or [] if i["key"] == key), key)
                    with open(os.path.join(folder, path), "w") as file:
                        file.write(text)
                return
        raise KeyError("%s %s (expected: one of the manifests)" % (kind, name))

    def probes(self):
        while not self.stopping:
            for pod in list(self.pods):
                pod.ready = pod.probe()
                ended = pod.process.poll() is not None and not pod.retired and not self.stopping
                if ended and time.time() - pod.started > 3:
                    pod.restarts += 1
                    pod.start()
            time.sleep(1)

    def backends(self, service, unready=False):
        selector = service["spec"].get("selector", {})
        return [p for p in list(self.pods) if selector.items() <= p.labels.items() and not p.retired
                and (p.ready or unready)]

    def target(self, service, port):
        pods = self.backends(service)
        if not pods:
            return None
        pod = random.choice(pods)
        wanted = port.get("targetPort", port["port"])
        return pod.address, pod.ports.get(wanted, wanted)

    def connections(self, service, address, port):
        listener = socket.create_server((address, port["port"]), backlog=256)
        while True:
            client, _ = listener.accept()
            threading.Thread(target=self.connection, args=(client, service, port), daemon=True).start()

    def connection(self, client, service, port):
        with client:
            target = self.target(service, port)
            if target is None:
                return
            try:
                with socket.create_connection(target, timeout=5) as server:
                    server.settimeout(None)
                    other = {client: server, server: client}
                    while True:
                        for ready in select.select([client, server], [], [])[0]:
                            data = ready.recv(1 << 16)
                            if not data:
                                return
                            other[ready].sendall(data)
            except OSError:
                return

    def datagrams(self, service, address, port):
        inside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        inside.bind((address, port["port"]))
        out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        while True:
            data = inside.recv(1 << 16)
            target = self.target(service, port)
            if target:
                out.sendto(data, target)

    def resolve(self, name):
        for suffix in (".%s.svc.cluster.local" % self.namespace, ".%s.svc" % self.namespace, "." + self.namespace):
            if name.endswith(suffix):
                name = name[:-len(suffix)]
                break
        else:
            return None
        for service in self.services:
            own = service["metadata"]["name"]
            if name == own:
                if own in self.addresses:
                    return [self.addresses[own]]
                unready = service["spec"].get("publishNotReadyAddresses", False)
                return [p.address for p in self.backends(service, unready)]
            if name.endswith("." + own):
                return [p.address for p in self.backends(service, True) if name == p.name + "." + own]
        return None

    def names(self):
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind((GATEWAY, 53))
        while True:
            query, sender = server.recvfrom(4096)
            at, labels = 12, []
            while query[at]:
                labels.append(query[at + 1:at + 1 + query[at]].decode().lower())
                at += 1 + query[at]
            kind = struct.unpack(">H", query[at + 1:at + 3])[0]
            found = self.resolve(".".join(labels))
            answers = found if found and kind == 1 else []
            head = query[:2] + struct.pack(">HHHHH", 0x8580 | (3 if found is None else 0), 1, len(answers), 0, 0)
            body = query[12:at + 5]
            for address in answers:
                body += b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 1, 4) + socket.inet_aton(address)
            server.sendto(head + body, sender)

    def pod(self, name):
        return next(p for p in self.pods if p.name == name)

    def wait(self, seconds):
        deadline = time.time() + float(seconds)
        while time.time() < deadline:
            waiting = [p.name for p in self.pods if not p.ready and not p.retired]
            if not waiting:
                return "ok"
            time.sleep(0.5)
        return "error not ready: " + " ".join(waiting)

    def kill(self, name):
        pod = self.pod(name)
        pod.ready = False
        pod.end(signal.SIGKILL)
        return "ok"

    def cut_off(self, name, cut):
        sh("ip", "link", "set", self.pod(name).interface, "down" if cut else "up")
        return "ok"

    def roll(self, workload):
        for old in [p for p in self.pods if p.name.startswith(workload + "-") and not p.retired]:
            new = Pod(self, old.name + "n", old.labels, old.spec)
            self.pods.append(new)
            new.start()
            deadline = time.time() + 300
            while not new.ready and time.time() < deadline:
                time.sleep(0.5)
            if not new.ready:
                return "error not ready: " + new.name
            old.retired = True
            old.end(signal.SIGTERM)
            old.process.wait(120)
        return "ok"

    def memory(self):
        return "ok " + " ".join("%s=%d/%d/%d" % (p.name, p.peak() >> 20, p.limit >> 20, p.restarts) for p in self.pods)

    def url(self, service, port, path):
        return "http://%s:%d%s" % (self.resolve("%s.%s.svc.cluster.local" % (service, self.namespace))[0], port, path)

    def service(self, ending):
        return next(s["metadata"]["name"] for s in self.services if s["metadata"]["name"].endswith(ending))

    def request(self, number, trace):
        """One request: a trace of two spans in one of three protocols."""
        distributor, now = self.service("-distributor"), time.time_ns()
        if number % 3 == 0:
            spans = [{"traceId": trace, "spanId": "%016x" % (i + 1), "name": "kubelet", "startTimeUnixNano": str(now),
                      "endTimeUnixNano": str(now + 1000)} for i in range(2)]
            body = {"resourceSpans": [{"resource": {"attributes": [
                {"key": "service.name", "value": {"stringValue": "shop"}}]}, "scopeSpans": [{"spans": spans}]}]}
            return self.url(distributor, 4318, "/v1/traces"), body
        if number % 3 == 1:
            return self.url(distributor, 9411, "/api/v2/spans"), [
                {"traceId": trace, "id": "%016x" % (i + 1), "name": "kubelet", "timestamp": now // 1000, "duration": 10,
                 "localEndpoint": {"serviceName": "shop"}} for i in range(2)]
        encode = lambda text: base64.b64encode(bytes.fromhex(text)).decode()
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        return self.url(distributor, 55678, "/v1/trace"), {
            "node": {"serviceInfo": {"name": "shop"}}, "spans": [
                {"traceId": encode(trace), "spanId": encode("%016x" % (i + 1)), "name": {"value": "kubelet"},
                 "startTime": stamp, "endTime": stamp} for i in range(2)]}

    def load(self, count):
        self.acknowledged, self.refusals, self.wanted = [], 0, int(count)
        self.loader = threading.Thread(target=self.send, daemon=True)
        self.loader.start()
        return "ok"

    def send(self):
        for number in range(self.wanted):
            trace = "%032x" % random.getrandbits(127)
            while not self.stopping:
                try:
                    url, body = self.request(number, trace)
                    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
                    with urllib.request.urlopen(request, timeout=20):
                        self.acknowledged.append(trace)
                        break
                except OSError:
                    self.refusals += 1
                    time.sleep(0.2)

    def loaded(self, seconds):
        self.loader.join(float(seconds))
        state = "ok" if not self.loader.is_alive() else "error still sending"
        return "%s acknowledged=%d refused=%d" % (state, len(self.acknowledged), self.refusals)

    def spans(self, trace):
        url = self.url(self.service("-gateway"), 80, "/api/traces/" + trace)
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                batches = json.load(answer)["batches"]
        except OSError:
            return []
        return [s["spanId"] for b in batches for scope in b["scopeSpans"] for s in scope["spans"]]

    def find(self, seconds):
        deadline = time.time() + float(seconds)
        missing, found, doubled = list(self.acknowledged), 0, 0
        while missing and time.time() < deadline:
            again = []
            for trace in missing:
                spans = self.spans(trace)
                if len(set(spans)) < 2:
                    again.append(trace)
                else:
                    found += 1
                    doubled += len(spans) != 2
            missing = again
        return "%s lost=%d doubled=%d found=%d" % ("error" if missing or doubled else "ok", len(missing), doubled, found)

    def stop(self):
        self.stopping = True
        for pod in self.pods:
            pod.end(signal.SIGTERM)
        for pod in self.pods:
            try:
                pod.process.wait(60)
            except subprocess.TimeoutExpired:
                pod.end(signal.SIGKILL)
                pod.process.wait(30)
            if pod.limit:
                try:
                    os.rmdir(pod.group)
                except OSError:
                    pass
        return "ok"


def main():
    cluster = Cluster(*sys.argv[1:5])
    commands = {
        "wait": cluster.wait, "kill": cluster.kill, "roll": cluster.roll, "memory": cluster.memory, "load": cluster.load,
        "loaded": cluster.loaded, "find": cluster.find,
        "cut": lambda name: cluster.cut_off(name, True), "heal": lambda name: cluster.cut_off(name, False),
        "stop": cluster.stop,
    }
    for line in sys.stdin:
        name, *arguments = line.split()
        try:
            print(commands[name](*arguments), flush=True)
        except Exception as error:  # told to the one who asked
            print("error %s: %s" % (type(error).__name__, error), flush=True)
        if name == "stop":
            return
    cluster.stop()


main()
