using System.Diagnostics;

namespace Elman.Samples.Tests.Pages;

/// <summary>Runs Python programs with the first interpreter that is found.</summary>
internal static class PythonProgram
{
    private static readonly string? _interpreter =
        new[] { "/usr/bin/python3", "python3", "python" }.FirstOrDefault(name => Start(name, "import ast").Status == 0);

    public static bool Exists => _interpreter is not null;

    /// <summary>Whether the interpreter has a module.</summary>
    public static bool Has(string module) => Exists && Start(_interpreter!, $"import {module}").Status == 0;

    /// <summary>Runs a program in the current folder, with further folders of modules, which come after those that are installed.</summary>
    public static (int Status, string Output, string Error) Run(string program, params string[] folders)
    {
        string path = string.Join(", ", folders.Select(folder => $"r'{folder}'"));
        return Start(_interpreter!, $"import sys\nsys.path += [{path}]\n{program}");
    }

    private static (int Status, string Output, string Error) Start(string interpreter, string program)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(interpreter, ["-B", "-c", program])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output.ReplaceLineEndings("\n"), error.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "", $"{interpreter} was not found.");
        }
    }
}
