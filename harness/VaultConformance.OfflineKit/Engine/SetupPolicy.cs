namespace VaultConformance.OfflineKit.Engine;

/// <summary>Whether the harness may install and start what it misses on the machine.</summary>
internal enum SetupPolicy
{
    /// <summary>Missing packages are installed and the engine is started; both are announced first.</summary>
    Allow,

    /// <summary>Nothing is installed or started (<c>--no-setup</c>); what is missing ends the run with the command to type.</summary>
    Forbid,
}
