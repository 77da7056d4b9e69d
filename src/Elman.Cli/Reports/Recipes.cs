using Elman.Cli.Input;

namespace Elman.Cli.Reports;

/// <summary>A training command for each built-in data set. Most of them are hard for the default options.</summary>
internal static class Recipes
{
    private static readonly Dictionary<string, string> _options = new()
    {
        ["synthetic-control"] = "",
        ["cylinder-bell-funnel"] = "--cell gru --epochs 30",
        ["temporal-order"] = "--cell lru --layers 32,32 --epochs 6",
        ["temporal-order-3"] = "--cell gru --epochs 10",
        ["parity"] = "--cell rnn --epochs 60",
        ["adding"] = "--cell gru --epochs 20",
        ["embedded-reber"] = "--cell lstm --epochs 40",
        ["lag-copy"] = "--cell gru --epochs 20",
        ["hourly-load"] = "--horizon 24",
        ["pseudo-words"] = "",
    };

    /// <summary>Returns the arguments of the command.</summary>
    public static string CommandFor(string name) => $"train {DataSource.BuiltInPrefix}{name} {_options[name]}".TrimEnd();
}
