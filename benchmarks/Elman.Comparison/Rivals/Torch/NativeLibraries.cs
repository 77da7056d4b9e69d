using System.Runtime.InteropServices;

namespace Elman.Comparison.Rivals;

/// <summary>The one native library that not every system can load.</summary>
internal static class NativeLibraries
{
    /// <summary>
    /// Loads TorchSharp's library, and with it libtorch. TorchSharp would do that itself, but tells pages where it fails.
    /// </summary>
    /// <returns>Why it can't be loaded, or <see langword="null"/> if it is.</returns>
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
            // The first line is general advice; the second, where there is one, says what is missing.
            string[] lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines[Math.Min(1, lines.Length - 1)].TrimEnd('.');
        }
    }
}
