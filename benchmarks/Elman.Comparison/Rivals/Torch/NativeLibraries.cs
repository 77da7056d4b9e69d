using System.Runtime.InteropServices;

namespace Elman.Comparison.Rivals;

/// <summary>Loads the only native library that some systems can't load.</summary>
internal static class NativeLibraries
{
    /// <summary>
    /// Loads the library of TorchSharp, and with it libtorch. TorchSharp would load it itself, but with very long messages if it fails.
    /// </summary>
    /// <returns>The reason why it can't be loaded, or <see langword="null"/> if it is loaded.</returns>
    public static string? WhyNot()
    {
        string name = OperatingSystem.IsWindows()
            ? "LibTorchSharp.dll"
            : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
        try
        {
            _ = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, name));
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // The first line is general advice; the second, if there is one, names the missing library.
            string[] lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines[Math.Min(1, lines.Length - 1)].TrimEnd('.');
        }
    }
}
