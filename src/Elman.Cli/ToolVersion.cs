using System.Reflection;

namespace Elman.Cli;

/// <summary>The version of the tool.</summary>
internal static class ToolVersion
{
    private static readonly string[] _parts = typeof(ToolVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');

    /// <summary>The number, such as <c>1.2.0</c>.</summary>
    public static string Number => _parts[0];

    /// <summary>The commit, if it was known when the tool was built.</summary>
    public static string? Commit => _parts.ElementAtOrDefault(1);
}
