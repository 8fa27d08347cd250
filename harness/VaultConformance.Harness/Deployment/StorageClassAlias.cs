using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using VaultConformance.Harness.Clusters;

namespace VaultConformance.Harness.Deployment;

/// <summary>A StorageClass that values name, and the one of the node that stands for it.</summary>
/// <param name="Wanted">The name in the values, for example <c>gp3</c>.</param>
/// <param name="Own">The StorageClass of the node, for example <c>local-path</c>.</param>
public sealed partial record StorageClassAlias(string Wanted, string Own)
{
    /// <summary>Reads one as a user writes it, for example <c>gp3=local-path</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="HarnessException">It has another form.</exception>
    public static StorageClassAlias Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('=') is [var wanted, var own] && Form.IsMatch(wanted) && Form.IsMatch(own) && wanted != own
            ? new StorageClassAlias(wanted, own)
            : throw new HarnessException(
                FailureKind.Configuration,
                $"'{text}' must be the StorageClass that the values name, '=', and another one that the node has, for example "
                    + "gp3=local-path");
    }

    /// <inheritdoc />
    public override string ToString() => $"{Wanted}={Own}";

    /// <summary>Creates the classes on a node of our own, as copies of what it has.</summary>
    /// <param name="client">Its API server.</param>
    /// <param name="aliases">What was asked for.</param>
    /// <param name="runId">Id of the run, for a label.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was created, one sentence each, for the report.</returns>
    /// <exception cref="HarnessException">The node has no such class, or has one of the wanted name.</exception>
    internal static async Task<IReadOnlyList<string>> CreateAsync(
        IKubernetes client, IReadOnlyList<StorageClassAlias> aliases, string runId, CancellationToken cancellationToken)
    {
        if (aliases.Count == 0)
        {
            return [];
        }

        var own = (await client.StorageV1.ListStorageClassAsync(cancellationToken: cancellationToken)).Items;
        var names = string.Join(", ", own.Select(item => $"'{item.Metadata.Name}'"));
        foreach (var alias in aliases)
        {
            var wanted = own.FirstOrDefault(item => item.Metadata.Name == alias.Wanted);
            var copied = own.FirstOrDefault(item => item.Metadata.Name == alias.Own);
            if (wanted is not null || copied is null)
            {
                throw new HarnessException(
                    FailureKind.Configuration,
                    $"--storage-class-map {alias}: this node has "
                        + (wanted is null
                            ? $"no StorageClass '{alias.Own}' (it has: {names}). Name one of these behind '='."
                            : $"a StorageClass '{alias.Wanted}' already (it has: {names}). Leave the option out."));
            }

            await client.StorageV1.CreateStorageClassAsync(alias.Copy(copied, runId), cancellationToken: cancellationToken);
        }

        return [.. aliases.Select(alias => alias.Explain())];
    }

    /// <summary>What it means for the result.</summary>
    internal string Explain() =>
        $"StorageClass '{Wanted}': made as a copy of this node's '{Own}' (--storage-class-map), so that the storage behind '{Wanted}' is "
            + "not tested.";

    private V1StorageClass Copy(V1StorageClass copied, string runId) => new()
    {
        Metadata = new V1ObjectMeta { Name = Wanted, Labels = new Dictionary<string, string> { [RunLabels.Run] = runId } },
        Provisioner = copied.Provisioner,
        Parameters = copied.Parameters,
        ReclaimPolicy = copied.ReclaimPolicy,
        VolumeBindingMode = copied.VolumeBindingMode,
        MountOptions = copied.MountOptions,
        AllowVolumeExpansion = copied.AllowVolumeExpansion,
    };

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}
