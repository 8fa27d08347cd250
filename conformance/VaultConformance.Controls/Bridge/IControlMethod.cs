namespace VaultConformance.Controls.Bridge;

/// <summary>The method that verifies a control, ready to be called once.</summary>
internal interface IControlMethod
{
    /// <summary>The object whose method it is; null when none could be made.</summary>
    object? Fixture { get; }

    /// <summary>Calls the method and waits for its end.</summary>
    /// <returns>What it threw, without what the caller's machinery wraps around it; null when it threw nothing.</returns>
    Exception? Call();
}
