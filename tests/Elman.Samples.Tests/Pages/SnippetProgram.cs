using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Elman.Samples.Tests.Pages;

/// <summary>Compiles a C# program of one file against the libraries of the tests, and runs it.</summary>
internal static class SnippetProgram
{
    /// <summary>What every snippet can use without saying so: the usual namespaces of a program, and a check for frames.</summary>
    private const string Common = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Elman;
        global using Elman.Data;
        global using static Checks;

        /// <summary>The files of the repository, for frames.</summary>
        internal static class Repository
        {
            public static string File(string path) => Path.Combine(Environment.GetEnvironmentVariable("ELMAN_REPOSITORY")!, path);
        }

        internal static class Checks
        {
            public static void Expect(
                bool holds, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(holds))] string what = "")
            {
                if (!holds)
                    throw new InvalidOperationException($"The snippet does not do what its page says: {what}");
            }
        }
        """;

    // The assemblies of the running test: .NET and every library that the project refers to.
    private static readonly MetadataReference[] _references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Compiles a program.</summary>
    /// <returns>The bytes of the assembly, or <see langword="null"/> with the errors.</returns>
    public static (byte[]? Assembly, string Errors) Compile(string name, string source)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Preview);
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(Common, parsing), CSharpSyntaxTree.ParseText(source, parsing)], _references,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable,
                optimizationLevel: OptimizationLevel.Release));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        // Warnings count, except those about what a page leaves out: an unused variable, an await that is not there.
        string errors = string.Join('\n', result.Diagnostics.Where(problem =>
            problem.Severity == DiagnosticSeverity.Error
            || (problem.Severity == DiagnosticSeverity.Warning && problem.Id is not ("CS0219" or "CS0168" or "CS8321" or "CS0162"))));
        return (errors.Length == 0 ? assembly.ToArray() : null, errors);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(byte[] assembly)
    {
        var context = new AssemblyLoadContext("snippet", isCollectible: true);
        TextWriter before = Console.Out;
        using var output = new StringWriter { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            using var stream = new MemoryStream(assembly);
            MethodInfo entry = context.LoadFromStream(stream).EntryPoint!;
            object[] arguments = entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
            entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
        finally
        {
            Console.SetOut(before);
            context.Unload();
        }
        return output.ToString();
    }
}
