namespace VaultConformance.OfflineKit.Building;

/// <summary>The files below <c>fixtures/images/node</c> and the keys of what is made from them.</summary>
/// <param name="folder">That folder.</param>
internal sealed class NodeRecipe(string folder)
{
    public string Dockerfile => Path.Combine(folder, "Dockerfile");

    public string PauseSource => Path.Combine(folder, "pause.c");

    public string PauseScript => ReadScript("pause.sh");

    public string KubernetesScript => ReadScript("kubernetes.sh");

    public string RootFileSystemScript => ReadScript("rootfs.sh");

    public string NodeScripts => Path.Combine(folder, "rootfs");

    /// <summary>Kubernetes is built once for a recipe; a new version of the source package alone builds nothing.</summary>
    public ContentKey KubernetesKey => new ContentKey().AddFile(KubernetesScript).AddFile(ReadScript("sources.sh"));

    public ContentKey RootFileSystemKey => new ContentKey().AddFile(RootFileSystemScript).AddFile(ReadScript("sources.sh"));

    public ContentKey ImageKey => new ContentKey()
        .Add(KubernetesKey.ToString()).Add(RootFileSystemKey.ToString())
        .AddFile(Dockerfile).AddFile(PauseSource).AddFile(PauseScript).AddFolder(NodeScripts);

    private string ReadScript(string name) => Path.Combine(folder, "recipe", name);
}
