using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>What servers connect to by the file and by variables of their environment, read as Vault and its drivers read them.</summary>
internal static class UpstreamMutations
{
    private const string Url = "connection_url = \"postgres://vault@db:5432/vault";

    public static IReadOnlyList<Mutation> All => [.. Consul, .. Databases, .. Others];

    private static IReadOnlyList<Mutation> Consul =>
    [
        Registers("address of the environment", "CONSUL_HTTP_ADDR is plaintext, because nothing turns TLS on", "service = \"vault\"", Outcome.Failed, ("CONSUL_HTTP_ADDR", "consul:8500")),
        Registers("address of the environment with http", "CONSUL_HTTP_ADDR is plaintext", "service = \"vault\"", Outcome.Failed, ("CONSUL_HTTP_ADDR", "http://consul:8500")),
        Registers("address of the environment with https", "", "service = \"vault\"", Outcome.Passed, ("CONSUL_HTTP_ADDR", "https://consul:8501")),
        Registers("address of the environment with https and scheme http", "", "scheme = \"http\"", Outcome.Passed, ("CONSUL_HTTP_ADDR", "https://consul:8501")),
        Registers("address of the environment, TLS by the environment", "", "service = \"vault\"", Outcome.Passed, ("CONSUL_HTTP_ADDR", "consul:8501"), ("CONSUL_HTTP_SSL", "TRUE")),
        Registers("TLS of the environment that is off", "address (line", "address = \"consul:8500\"", Outcome.Failed, ("CONSUL_HTTP_SSL", "0")),
        Registers("TLS of the environment for the address of the file", "", "address = \"consul:8501\"", Outcome.Passed, ("CONSUL_HTTP_SSL", "1")),
        Registers("scheme of the file against the environment", "is plaintext", "address = \"consul:8500\"\n scheme = \"http\"", Outcome.Failed, ("CONSUL_HTTP_SSL", "true")),
        Registers("scheme of the address against the environment", "is plaintext", "address = \"http://consul:8500\"", Outcome.Failed, ("CONSUL_HTTP_SSL", "true")),
        Registers("address of the file wins", "", "address = \"127.0.0.1:8500\"", Outcome.Passed, ("CONSUL_HTTP_ADDR", "consul:8500")),
        Registers("verification of the environment that is off", "CONSUL_HTTP_SSL_VERIFY is false", "address = \"https://consul:8501\"", Outcome.Inconclusive, ("CONSUL_HTTP_SSL_VERIFY", "false")),
        Registers("verification of the environment", "", "address = \"https://consul:8501\"", Outcome.Passed, ("CONSUL_HTTP_SSL_VERIFY", "true")),
        Registers("address of the environment that is not known", "CONSUL_HTTP_ADDR decides", "service = \"vault\"", Outcome.Inconclusive, ("CONSUL_HTTP_ADDR", null)),
        Registers("agent on the node", "", "address = \"192.0.2.1:8500\"", Outcome.Passed),
        Registers("agent on the node by the chart's placeholder", "", "address = \"HOST_IP:8500\"", Outcome.Passed),
        Registers("agent on another node", "is plaintext", "address = \"192.0.2.2:8500\"", Outcome.Failed),
        Pod("TLS-7", "agent on a node whose address is not known", "it is not known whether it is the node itself", pod =>
        {
            pod.Admitted.Status.HostIP = null;
            pod.ChangeConfig($"{CompliantPod.Config}\nservice_registration \"consul\" {{\n address = \"192.0.2.1:8500\"\n}}\n");
        }, Outcome.Inconclusive),
    ];

    private static IReadOnlyList<Mutation> Databases =>
    [
        Stores("URL without sslmode", "names no sslmode, and the default (prefer) falls back to plaintext", "postgresql", $"{Url}\"", Outcome.Failed),
        Stores("CockroachDB without sslmode", "names no sslmode", "cockroachdb", $"{Url}\"", Outcome.Failed),
        Stores("words without sslmode", "names no sslmode", "postgresql", "connection_url = \"host=db user=vault dbname=vault\"", Outcome.Failed),
        Stores("sslmode that is only preferred", "with sslmode=prefer", "postgresql", $"{Url}?sslmode=prefer\"", Outcome.Failed),
        Stores("sslmode in words", "with sslmode=disable", "postgresql", "connection_url = \"host=db sslmode = 'disable'\"", Outcome.Failed),
        Stores("sslmode that verifies", "", "postgresql", $"{Url}?application_name=v&sslmode=verify-full\"", Outcome.Passed),
        Stores("sslmode of the environment", "", "postgresql", $"{Url}\"", Outcome.Passed, ("PGSSLMODE", "verify-full")),
        Stores("sslmode of the environment that is off", "PGSSLMODE is disable", "postgresql", $"{Url}\"", Outcome.Failed, ("PGSSLMODE", "disable")),
        Stores("sslmode of the URL against the environment", "with sslmode=disable", "postgresql", $"{Url}?sslmode=disable\"", Outcome.Failed, ("PGSSLMODE", "verify-full")),
        Stores("sslmode of the environment that is not known", "PGSSLMODE decides", "postgresql", $"{Url}\"", Outcome.Inconclusive, ("PGSSLMODE", null)),
        Stores("sslmode that nobody knows", "which is not known", "postgresql", $"{Url}?sslmode=perhaps\"", Outcome.Inconclusive),
        Stores("another parameter that ends alike", "names no sslmode", "postgresql", $"{Url}?xsslmode=verify-full\"", Outcome.Failed),
        Stores("database beside the server", "", "postgresql", "connection_url = \"postgres://vault@127.0.0.1:5432/vault\"", Outcome.Passed),
        Stores("database over a socket file", "", "postgresql", "connection_url = \"host=/run/postgresql user=vault\"", Outcome.Passed),
        Stores("database beside the server, and one elsewhere", "names no sslmode", "postgresql", "connection_url = \"postgres://vault@127.0.0.1,db/vault\"", Outcome.Failed),
        Stores("URL of the environment", "VAULT_PG_CONNECTION_URL with sslmode=disable", "postgresql", $"{Url}?sslmode=verify-full\"", Outcome.Failed, ("VAULT_PG_CONNECTION_URL", "postgres://vault@db/vault?sslmode=disable")),
        Stores("URL of the environment of OpenBao", "BAO_PG_CONNECTION_URL with sslmode=disable", "postgresql", $"{Url}?sslmode=verify-full\"", Outcome.Failed, ("BAO_PG_CONNECTION_URL", "postgres://vault@db/vault?sslmode=disable")),
        Stores("two URLs of the environment", "BAO_PG_CONNECTION_URL with sslmode=disable", "postgresql", $"{Url}?sslmode=verify-full\"", Outcome.Failed, ("VAULT_PG_CONNECTION_URL", "postgres://vault@db/vault?sslmode=verify-full"), ("BAO_PG_CONNECTION_URL", "postgres://vault@db/vault?sslmode=disable")),
        Stores("URL of the environment that is hidden", "VAULT_PG_CONNECTION_URL decides", "postgresql", $"{Url}?sslmode=verify-full\"", Outcome.Inconclusive, ("VAULT_PG_CONNECTION_URL", null)),
        Stores("host of the environment", "names no sslmode", "postgresql", "connection_url = \"dbname=vault\"", Outcome.Failed, ("PGHOST", "db")),
    ];

    private static IReadOnlyList<Mutation> Others =>
    [
        Stores("address of etcd by the environment", "ETCD_ADDR is plaintext", "etcd", "address = \"https://a:2379\"", Outcome.Failed, ("ETCD_ADDR", "http://b:2379")),
        Stores("address of etcd that is not known", "ETCD_ADDR", "etcd", "address = \"https://a:2379\"", Outcome.Inconclusive, ("ETCD_ADDR", null)),
        Stores("etcd without a scheme", "nothing turns TLS on", "etcd", "address = \"a:2379\"", Outcome.Failed),
        Stores("etcd by DNS", "discovery_srv", "etcd", "discovery_srv = \"example.org\"", Outcome.Inconclusive),
        Stores("object store by the environment", "AWS_S3_ENDPOINT is plaintext", "s3", "bucket = \"b\"", Outcome.Failed, ("AWS_S3_ENDPOINT", "http://minio:9000")),
        Stores("object store by the environment with TLS", "", "s3", "endpoint = \"http://minio:9000\"", Outcome.Passed, ("AWS_S3_ENDPOINT", "https://minio:9000")),
        Stores("table by the environment", "AWS_DYNAMODB_ENDPOINT is plaintext", "dynamodb", "table = \"t\"", Outcome.Failed, ("AWS_DYNAMODB_ENDPOINT", "http://dynamo:8000")),
        Stores("documents by the environment", "COUCHDB_ENDPOINT is plaintext", "couchdb", "max_parallel = 1", Outcome.Failed, ("COUCHDB_ENDPOINT", "http://couch:5984/vault")),
        Stores("object store that logs in in plaintext", "auth_url", "swift", "auth_url = \"http://keystone:5000\"", Outcome.Failed),
        Stores("Microsoft's database", "does not say whether TLS is spoken", "mssql", "server = \"db\"", Outcome.Inconclusive),
        Stores("MySQL on the node", "", "mysql", "address = \"192.0.2.1:3306\"", Outcome.Passed),
    ];

    private static Mutation Registers(string deviation, string reason, string settings, Outcome outcome, params (string Name, string? Value)[] variables) =>
        Block($"registration: {deviation}", reason, "service_registration", "consul", settings, outcome, variables);

    private static Mutation Stores(string deviation, string reason, string label, string settings, Outcome outcome, params (string Name, string? Value)[] variables) =>
        Block($"storage: {deviation}", reason, "ha_storage", label, settings, outcome, variables);

    private static Mutation Block(string deviation, string reason, string type, string label, string settings, Outcome outcome, (string Name, string? Value)[] variables) => Pod("TLS-7", deviation, reason, pod =>
    {
        pod.ChangeConfig($"{CompliantPod.Config}\n{type} \"{label}\" {{\n {settings}\n}}\n");
        pod.ChangeVault(vault => vault with
        {
            Environment = new EnvironmentFacts(
                [.. vault.Environment!.Names, .. variables.Select(variable => variable.Name)],
                vault.Environment.Settings.Concat(variables.Where(variable => variable.Value is not null).Select(variable => KeyValuePair.Create(variable.Name, variable.Value!))).ToDictionary()),
        });
    }, outcome);
}
