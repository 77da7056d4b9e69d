namespace Elman.Cli.Output;

/// <summary>Writes a model whose training must not be lost: if its place can't be written, to another one.</summary>
internal static class ModelPlace
{
    /// <summary>Writes a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="save">Writes the model to a path.</param>
    /// <param name="warn">Receives a sentence that names the other place, if one was needed.</param>
    /// <returns>The file that was written.</returns>
    /// <exception cref="CommandException">No place could be written.</exception>
    public static string Write(string path, Action<string> save, Action<string> warn)
    {
        try
        {
            OutputFile.Write(path, save);
            return path;
        }
        catch (CommandException e)
        {
            foreach (string other in OthersThan(path))
            {
                try
                {
                    OutputFile.Write(other, save);
                    warn($"{Failure.Of(e).Sentence.TrimEnd('.')}. The model is in {other} instead.");
                    return other;
                }
                catch (CommandException)
                {
                    // The next place may work; if none does, the first problem is reported.
                }
            }
            throw;
        }
    }

    /// <summary>The current folder and the folder for temporary files, with a name that does not exist yet.</summary>
    private static IEnumerable<string> OthersThan(string path)
    {
        foreach (string folder in (string[])[Environment.CurrentDirectory, Path.GetTempPath()])
        {
            string name = Path.GetFileNameWithoutExtension(path), other = Path.Combine(folder, $"{name}-rescued.safetensors");
            for (int number = 2; File.Exists(other); number++)
                other = Path.Combine(folder, FormattableString.Invariant($"{name}-rescued-{number}.safetensors"));
            yield return other;
        }
    }
}
