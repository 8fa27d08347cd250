using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Reporting.Profiles;

/// <summary>Reads the parameters of a profile; what it does not name stays as it is.</summary>
internal static class ProfileParameterReader
{
    private delegate ProfileParameters Setter(ProfileParameters parameters, ParameterValue value);

    private static readonly Dictionary<string, Setter> Setters = new(StringComparer.Ordinal)
    {
        ["allowedUids"] = (parameters, value) => parameters with { AllowedUids = value.ReadNumbers() },
        ["allowedGids"] = (parameters, value) => parameters with { AllowedGids = value.ReadNumbers() },
        ["exactIdentityRequired"] = (parameters, value) => parameters with { ExactIdentityRequired = value.ReadFlag() },
        ["groupZeroAllowed"] = (parameters, value) => parameters with { GroupZeroAllowed = value.ReadFlag() },
        ["uidRangeFromNamespace"] = (parameters, value) => parameters with { UidRangeFromNamespace = value.ReadFlag() },
        ["allowedCapabilities"] = (parameters, value) => parameters with { AllowedCapabilities = value.ReadTexts() },
        ["writablePaths"] = (parameters, value) => parameters with { WritablePaths = value.ReadAbsolutePaths() },
        ["acceptedCoreHandlers"] = (parameters, value) => parameters with { AcceptedCoreHandlers = value.ReadTexts() },
        ["encryptedSwapAttestation"] = (parameters, value) => parameters with { EncryptedSwapAttestation = value.ReadText() },
        ["shutdownBudgetSeconds"] = (parameters, value) => parameters with { ShutdownBudgetSeconds = value.Count() },
        ["declaredProcesses"] = (parameters, value) => parameters with { DeclaredProcesses = value.ReadTexts() },
        ["declaredContainers"] = (parameters, value) => parameters with { DeclaredContainers = value.ReadTexts() },
        ["certificateMinimumDaysLeft"] = (parameters, value) => parameters with { CertificateMinimumDaysLeft = value.Count() },
        ["certificateMaximumLifetimeDays"] = (parameters, value) => parameters with { CertificateMaximumLifetimeDays = value.Count() },
        ["externalHosts"] = (parameters, value) => parameters with { ExternalHosts = value.ReadTexts() },
        ["replicationPeers"] = (parameters, value) => parameters with { ReplicationPeers = value.ReadNetworksOr("internal") },
        ["kubernetesAuth"] = (parameters, value) => parameters with { KubernetesAuth = value.ReadFlag() },
        ["authMethods"] = (parameters, value) => parameters with { AuthMethods = value.ReadMounts() },
        ["secretsEngines"] = (parameters, value) => parameters with { SecretsEngines = value.ReadMounts() },
        ["adminPolicies"] = (parameters, value) => parameters with { AdminPolicies = value.ReadTexts() },
        ["unauthenticatedMetrics"] = (parameters, value) => parameters with { UnauthenticatedMetrics = value.ReadFlag() },
        ["ui"] = (parameters, value) => parameters with { Ui = value.ReadFlag() },
        ["maximumDefaultTtlSeconds"] = (parameters, value) => parameters with { MaximumDefaultTtlSeconds = value.Count() },
        ["maximumTtlSeconds"] = (parameters, value) => parameters with { MaximumTtlSeconds = value.Count() },
        ["declaredWorkloads"] = (parameters, value) => parameters with { DeclaredWorkloads = value.ReadTexts() },
        ["imageRegistries"] = (parameters, value) => parameters with { ImageRegistries = value.ReadTexts() },
        ["declaredAccess"] = (parameters, value) => parameters with { DeclaredAccess = value.ReadTexts() },
        ["dedicatedClusterAttestation"] = (parameters, value) => parameters with { DedicatedClusterAttestation = value.ReadText() },
        ["secretsEncryptionAttestation"] = (parameters, value) => parameters with { SecretsEncryptionAttestation = value.ReadText() },
        ["singleServer"] = (parameters, value) => parameters with { SingleServer = value.ReadFlag() },
        ["withoutTls"] = (parameters, value) => parameters with { WithoutTls = value.ReadFlag() },
        ["whenDisruptionForbidden"] = (parameters, value) => parameters with
        {
            WhenDisruptionForbidden = value.ReadOneOf(
                ("inconclusive", DisruptionForbiddenOutcome.Inconclusive), ("notApplicable", DisruptionForbiddenOutcome.NotApplicable)),
        },
    };

    public static IReadOnlyCollection<string> Names => Setters.Keys;

    /// <summary>Reads them.</summary>
    /// <param name="map">The field <c>parameters</c>.</param>
    /// <param name="based">What those keep that are not named.</param>
    /// <param name="problems">Receives the problems.</param>
    public static ProfileParameters Read(YamlMap map, ProfileParameters based, ProblemList problems)
    {
        new YamlFields(map, problems, [.. Setters.Keys]).RefuseUnknown();
        return map.Entries.Aggregate(
            based,
            (parameters, entry) => Setters.TryGetValue(entry.Key, out var set)
                ? set(parameters, new ParameterValue(entry.Key, entry.Value, problems))
                : parameters);
    }
}
