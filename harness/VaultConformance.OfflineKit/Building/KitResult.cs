namespace VaultConformance.OfflineKit.Building;

/// <summary>What a step made.</summary>
/// <param name="Location">Where it is: a folder, a file or the name of an image.</param>
/// <param name="FromCache">False when it was built now.</param>
internal sealed record KitResult(string Location, bool FromCache);
