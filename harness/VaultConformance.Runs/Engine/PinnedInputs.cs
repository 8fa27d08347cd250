using VaultConformance.Harness.Products;

namespace VaultConformance.Runs.Engine;

/// <summary>What is used when the user names nothing and a registry answers.</summary>
internal static class PinnedInputs
{
    /// <summary>Node image, by tag and digest.</summary>
    public const string NodeImage = "rancher/k3s:v1.34.1-k3s1@sha256:5e0707cfd1239b358ef73f3254bc3eadc027dd30cd5ec6ca41e29e47652a1b8c";

    /// <summary>The official chart.</summary>
    public static readonly string Chart = ServerProduct.Default.DefaultChart;

    /// <summary>Version of the official chart.</summary>
    public const string ChartVersion = "0.34.1";
}
