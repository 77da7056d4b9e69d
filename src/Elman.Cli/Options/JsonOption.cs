using System.CommandLine;

namespace Elman.Cli.Options;

/// <summary>The option <c>--json</c>.</summary>
internal static class JsonOption
{
    /// <summary>The option for one command.</summary>
    public static Option<bool> Create() => new("--json") { Description = "Write one JSON object instead of text." };
}
