namespace VaultConformance.Reporting.Yaml;

/// <summary>A value in a YAML document together with the line it starts on.</summary>
/// <param name="Line">Line, from 1.</param>
internal abstract record YamlValue(int Line);

/// <summary>A scalar, always as the text that was written: <c>1.10</c> stays <c>1.10</c>.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Text">The text.</param>
/// <param name="Quoted">True when it was written in quotes or as a block, and so is certainly a text.</param>
internal sealed record YamlText(int Line, string Text, bool Quoted) : YamlValue(Line);

/// <summary>A sequence.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Items">Its items.</param>
internal sealed record YamlList(int Line, IReadOnlyList<YamlValue> Items) : YamlValue(Line);

/// <summary>A mapping; every key is there once.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Entries">Its entries in order.</param>
internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlValue(Line);

/// <summary>One entry of a <see cref="YamlMap"/>.</summary>
/// <param name="Line">Line of the key, from 1.</param>
/// <param name="Key">Key.</param>
/// <param name="Value">Value.</param>
internal sealed record YamlEntry(int Line, string Key, YamlValue Value);
