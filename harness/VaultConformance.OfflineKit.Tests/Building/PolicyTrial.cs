namespace VaultConformance.OfflineKit.Tests.Building;

/// <summary>Pods and policies on a node, and who reaches whom.</summary>
internal static class PolicyTrial
{
    /// <summary>Three pods that do nothing: what connects and listens enters their networks from the node.</summary>
    public const string Objects = """
        apiVersion: v1
        kind: Namespace
        metadata: { name: other }
        ---
        apiVersion: v1
        kind: Pod
        metadata: { name: server, namespace: default, labels: { app: server } }
        spec: { containers: [{ name: pause, image: "rancher/mirrored-pause:3.6", imagePullPolicy: Never, ports: [{ name: https, containerPort: 8200 }] }] }
        ---
        apiVersion: v1
        kind: Pod
        metadata: { name: near, namespace: default, labels: { app: near } }
        spec: { containers: [{ name: pause, image: "rancher/mirrored-pause:3.6", imagePullPolicy: Never }] }
        ---
        apiVersion: v1
        kind: Pod
        metadata: { name: far, namespace: other, labels: { app: far } }
        spec: { containers: [{ name: pause, image: "rancher/mirrored-pause:3.6", imagePullPolicy: Never }] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: server, namespace: default }
        spec: { clusterIP: 10.43.0.99, selector: { app: server }, ports: [{ port: 80, targetPort: 8200 }] }
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: { name: server, namespace: default }
        spec:
          podSelector: { matchLabels: { app: server } }
          policyTypes: [Ingress, Egress]
          ingress:
          - from: [{ podSelector: {} }]
            ports: [{ port: https }]
          - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } } }]
            ports: [{ port: 9000 }]
          - from: [{ ipBlock: { cidr: 10.42.0.9/8, except: [10.42.0.0/24, 10.42.0.0/25] } }]
          egress:
          - ports: [{ port: 53, protocol: UDP }, { port: 53 }]
        """;

    /// <summary>Prints a line for each attempt: from, to, and whether it got through.</summary>
    public const string Script = """
        set -eu
        kubectl apply --filename=/objects.yaml >/dev/null
        kubectl wait --for=condition=Ready pod/server pod/near --timeout=90s >/dev/null
        kubectl wait --namespace=other --for=condition=Ready pod/far --timeout=90s >/dev/null
        address() { kubectl get pods --all-namespaces --output=jsonpath="{.items[?(@.metadata.name=='$1')].status.podIP}"; }
        within() { # pod command...
            local own network
            own=$(address "$1")
            shift
            for network in /var/run/netns/*; do
                if nsenter --net="$network" ip -4 address | grep -q "inet $own/"; then nsenter --net="$network" "$@"; return; fi
            done
        }
        listen() { within "$1" socat "TCP-LISTEN:$2,fork,reuseaddr" /dev/null & }
        reaches() { within "$1" timeout 3 bash -c "</dev/tcp/$2/$3" 2>/dev/null; }
        attempt() { # pod address port name
            if reaches "$1" "$2" "$3"; then echo "$1 $4 yes"; else echo "$1 $4 no"; fi
        }
        listen server 8200; listen server 8201; listen server 9000; listen far 9999
        server=$(address server) far=$(address far) api=$(kubectl get endpoints kubernetes --output=jsonpath='{.subsets[0].addresses[0].ip}')
        # A connection that must get through says that listeners and rules are there.
        for _ in $(seq 100); do ! reaches near "$server" 8200 || ! reaches far "$server" 9000 || ! reaches near "$far" 9999 || break; sleep 0.1; done
        attempt near "$server" 8200 server:8200
        attempt near 10.43.0.99 80 service
        attempt near "$server" 8201 server:8201
        attempt far "$server" 8200 server:8200
        attempt far 10.43.0.99 80 service
        attempt far "$server" 9000 server:9000
        attempt near "$far" 9999 canary
        attempt server "$far" 9999 canary
        attempt server 10.43.0.10 53 names
        attempt server "$api" 6443 api
        attempt server 10.43.0.99 80 itself
        """;

    /// <summary>What the script prints where policies are enforced, and where they are not.</summary>
    public static IEnumerable<string> Expected(bool enforced)
    {
        var refused = enforced ? "no" : "yes";
        return
        [
            "near server:8200 yes", "near service yes", $"near server:8201 {refused}", $"far server:8200 {refused}", $"far service {refused}", "far server:9000 yes",
            "near canary yes", $"server canary {refused}", "server names yes", $"server api {refused}", "server itself yes",
        ];
    }
}
