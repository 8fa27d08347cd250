namespace VaultConformance.Harness.Products;

/// <summary>Variables whose values cannot hold a secret and may leave a container. Of all others only the names do.</summary>
internal static class HarmlessVariables
{
    private static readonly string[] Common = ["GOTRACEBACK", "GODEBUG", "HOME", "HOSTNAME", "PATH", "TMPDIR", "SKIP_CHOWN", "SKIP_SETCAP"];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Common,
        .. ServerProduct.ListVariables(
            "ADDR",
            "API_ADDR",
            "CACERT",
            "CAPATH",
            "CLUSTER_ADDR",
            "DISABLE_FILE_PERMISSIONS_CHECK",
            "DISABLE_MLOCK",
            "K8S_NAMESPACE",
            "K8S_POD_NAME",
            "LOG_FORMAT",
            "LOG_LEVEL",
            "RAFT_NODE_ID", "SKIP_VERIFY", "STACKTRACE_WRITE_TO_FILE", "TLS_SERVER_NAME"),
    ];
}
