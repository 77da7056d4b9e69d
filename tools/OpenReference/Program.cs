namespace Elman.Tools;

/// <summary>
/// Writes copies of assemblies in which some internal types and members are public, for the compiler alone: the program runs with the
/// assemblies themselves. Only bits of their metadata tables change.
/// </summary>
internal static class Program
{
    private const string Usage = "OpenReference FOLDER ASSEMBLY.dll... [ASSEMBLY]NAME...: a name is Namespace.Type, Namespace.Outer/Inner "
        + "or Namespace.Type::Member";

    public static int Main(string[] args)
    {
        string[] files = [.. args.Skip(1).TakeWhile(argument => !argument.StartsWith('['))], names = [.. args.Skip(1 + files.Length)];
        if (files.Length == 0 || names.Length == 0)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        var copies = new List<(string Path, byte[] Image)>();
        bool isComplete = true;
        foreach (string file in files)
        {
            string prefix = $"[{Path.GetFileNameWithoutExtension(file)}]";
            byte[] image = File.ReadAllBytes(file);
            foreach (string missing in new OpenedAssembly(image).Open([.. names
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])]))
            {
                isComplete = false;
                Console.Error.WriteLine($"{file} : error OPEN1: The assembly has no {missing}. This version of its package differs from "
                    + "the one that the project was written for: compare the internal members that the project file lists.");
            }
            copies.Add((Path.Combine(args[0], Path.GetFileName(file)), image));
        }
        if (!isComplete)
            return 1; // and no copy: the next build tries again
        Directory.CreateDirectory(args[0]);
        foreach ((string path, byte[] image) in copies)
            File.WriteAllBytes(path, image);
        return 0;
    }
}
