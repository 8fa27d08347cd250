namespace VaultConformance.Harness.Observations;

/// <summary>An admission webhook that calls a Service of the release's namespace.</summary>
/// <param name="Configuration">
/// Kind and name of its configuration, as in <c>mutatingwebhookconfiguration/vault-agent-injector-cfg</c>.
/// </param>
/// <param name="Name">Its own name.</param>
/// <param name="Service">The Service that it calls, or its address.</param>
/// <param name="FailurePolicy">What happens when the Service does not answer.</param>
/// <param name="LimitsNamespaces">True when it is called for some namespaces only.</param>
public sealed record WebhookFacts(string Configuration, string Name, string Service, string? FailurePolicy, bool LimitsNamespaces);
