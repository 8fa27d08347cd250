using VaultConformance.Cli.Output;

namespace VaultConformance.Cli.Tests.Output;

public sealed class ConsoleTraitsTests
{
    [TestCase("LANG=C.UTF-8", true, true)]
    [TestCase("LANG=C.UTF-8,NO_COLOR=1", false, false)]
    [TestCase("LANG=C.UTF-8,NO_COLOR=1,FORCE_COLOR=1", false, false)]
    [TestCase("LANG=C.UTF-8,CLICOLOR=0", true, false)]
    [TestCase("LANG=C.UTF-8,CI=true", false, false)]
    [TestCase("LANG=C.UTF-8,CI=false", true, true)]
    [TestCase("LANG=C.UTF-8,CI=true,FORCE_COLOR=1", false, true)]
    [TestCase("LANG=C.UTF-8,TERM=dumb", false, false)]
    public void On_a_terminal_the_environment_decides_on_colours(string variables, bool live, bool colour)
    {
        var traits = ConsoleTraits.From(Read(variables), terminal: 120, unicode: null);

        Assert.That((traits.Live, traits.Colour), Is.EqualTo((live, colour)));
    }

    [TestCase("", false)]
    [TestCase("FORCE_COLOR=1", true)]
    [TestCase("FORCE_COLOR=0", false)]
    [TestCase("CLICOLOR_FORCE=1", true)]
    [TestCase("CLICOLOR_FORCE=1,NO_COLOR=1", false)]
    [TestCase("FORCE_COLOR=1,NO_COLOR=", true)]
    public void A_log_has_colours_only_when_they_are_forced(string variables, bool colour)
    {
        var traits = ConsoleTraits.From(Read(variables), terminal: null, unicode: null);

        Assert.That((traits.Live, traits.Colour, traits.Width), Is.EqualTo((false, colour, (int?)null)));
    }

    [TestCase("", true)]
    [TestCase("LC_ALL=C", true)]
    [TestCase("LC_ALL=C,LANG=en_GB.UTF-8", true)]
    [TestCase("LC_ALL=de_DE.ISO-8859-1", true)]
    [TestCase("LC_CTYPE=POSIX,LANG=en_GB.UTF-8", true)]
    [TestCase("LC_ALL=,LANG=en_GB.UTF-8", false)]
    [TestCase("LC_ALL=C.utf8", false)]
    [TestCase("LANG=de_DE.UTF-8@euro", false)]
    public void A_locale_without_utf8_gets_ascii(string variables, bool ascii) =>
        Assert.That(ConsoleTraits.From(Read(variables), terminal: 80, unicode: null).Ascii, Is.EqualTo(ascii));

    [TestCase("COLUMNS=80", null, 80)]
    [TestCase("COLUMNS=80", 200, 80)]
    [TestCase("COLUMNS=7", null, 40)]
    [TestCase("COLUMNS=wide", null, null)]
    [TestCase("COLUMNS=-3", 100, 100)]
    [TestCase("", 132, 132)]
    public void The_width_is_that_of_COLUMNS_or_of_the_terminal(string variables, int? terminal, int? width) =>
        Assert.That(ConsoleTraits.From(Read(variables), terminal, unicode: true).Width, Is.EqualTo(width));

    private static Dictionary<string, string> Read(string variables) => variables.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
