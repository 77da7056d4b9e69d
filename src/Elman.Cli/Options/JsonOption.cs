using System.CommandLine;

namespace Elman.Cli.Options;

/// <summary>The option <c>--json</c>.</summary>
internal static class JsonOption
{
    /// <summary>Creates the option for a command.</summary>
    public static Option<bool> Create() => new("--json") { Description = "Write one JSON object instead of text." };
}
