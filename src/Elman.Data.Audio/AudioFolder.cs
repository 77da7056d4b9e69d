using System.Text;

namespace Elman.Data.Audio;

/// <summary>A folder with a subfolder for each class, a folder of files without classes, or a single file.</summary>
internal static class AudioFolder
{
    /// <summary>The options that are used for folders: there is no label column, but the option for none is allowed.</summary>
    public static OptionUse Use(DataFileOptions options) => new("folders of audio files", options.LabelColumn switch
    {
        DataFileOptions.NoLabelColumn => ["--label-column"],
        _ => [],
    });

    /// <summary>Finds the files.</summary>
    /// <exception cref="DataFileException">There are no files, or a class can't be determined.</exception>
    public static AudioPlan Read(string path, DataFileOptions options, Remarks remarks)
    {
        string name = Path.TrimEndingDirectorySeparator(path);
        if (!Directory.Exists(path))
            return Unlabelled(name, [path], Path.GetDirectoryName(Path.GetFullPath(path))!, options);
        string[] direct = Sounds(path, path, remarks);
        string[] folders = [.. Directory.GetDirectories(path).Where(folder => !IsHidden(folder)).Order(StringComparer.Ordinal)];
        var labels = new LabelColumns(options, ["folder"]);
        var places = new List<AudioPlace>();
        var labelsOf = new List<int[]>();
        foreach (string folder in folders)
        {
            string[] sounds = Sounds(folder, path, remarks);
            foreach (string deeper in Directory.GetDirectories(folder).Where(folder => !IsHidden(folder)).Order(StringComparer.Ordinal))
                if (Directory.GetFiles(deeper).Where(AudioData.IsNamedLikeAudio).Min(StringComparer.Ordinal) is { } lower)
                    throw new DataFileException(name, $"'{IdOf(lower, path)}' is in a nested folder, so its class is unknown; give the "
                        + "folder whose subfolders are the classes, or a list of files.");
            if (sounds.Length == 0)
                remarks.Add("folders without .wav files", $"The folder '{Path.GetFileName(folder)}' has no .wav file, so it is not a "
                    + "class.");
            foreach (string sound in sounds)
            {
                places.Add(new AudioPlace(sound, IdOf(sound, path)));
                labelsOf.Add([labels[0].Add(Encoding.UTF8.GetBytes(Path.GetFileName(folder)))]);
            }
        }
        if (places.Count == 0 && direct.Length == 0)
            throw new DataFileException(name, "the folder has no .wav file; it must have a subfolder of .wav files for each class.");
        if (places.Count == 0)
            return Unlabelled(name, direct, path, options);
        if (direct.Length > 0)
            throw new DataFileException(name, $"'{IdOf(direct[0], path)}' is beside the class folders, so its class is unknown; move it "
                + "into one of them.");
        if (options.LabelColumn == DataFileOptions.NoLabelColumn || options.Labels == LabelKind.None)
            return new AudioPlan(name, places, new LabelColumns(new DataFileOptions { Labels = LabelKind.None }, []), [], null);
        if (options.Labels is LabelKind.Numbers or LabelKind.Classes)
            throw new DataFileException(name, $"a folder has one class for each file, the name of its subfolder; "
                + $"{(options.Labels == LabelKind.Numbers ? "target numbers" : "several classes")} need a list: a .csv file with the "
                + "columns file and label.");
        return new AudioPlan(name, places, labels, labelsOf, null);
    }

    /// <summary>Returns a path relative to a folder, with the same separator on every system.</summary>
    public static string IdOf(string path, string folder) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private static AudioPlan Unlabelled(string name, string[] paths, string folder, DataFileOptions options)
    {
        if (options.Labels is LabelKind.Class or LabelKind.Classes or LabelKind.Numbers
            && options.LabelColumn != DataFileOptions.NoLabelColumn)
            throw new DataFileException(name, $"there {(paths.Length == 1 ? "is a file" : $"are {paths.Length} files")} without labels; "
                + "put the files into a folder for each class and give the parent folder, or give a list: a .csv file with the columns "
                + "file and label. To read them without labels, give --label-column none.");
        return new AudioPlan(
            name, [.. paths.Select(path => new AudioPlace(path, IdOf(path, folder)))],
            new LabelColumns(new DataFileOptions { Labels = LabelKind.None }, []), [], null);
    }

    /// <summary>Returns the audio files in a folder, without its subfolders, sorted by name.</summary>
    private static string[] Sounds(string folder, string root, Remarks remarks)
    {
        string[] files = [.. Directory.GetFiles(folder).Where(file => !IsHidden(file)).Order(StringComparer.Ordinal)];
        string[] others = [.. files.Where(file => !AudioData.IsNamedLikeAudio(file))];
        if (others.Length > 0)
            remarks.Add("other files", $"{(others.Length == 1 ? "1 file that is" : $"{others.Length} files that are")} not .wav "
                + $"{(others.Length == 1 ? "is" : "are")} ignored, such as '{IdOf(others[0], root)}'.");
        return [.. files.Where(AudioData.IsNamedLikeAudio)];
    }

    // Such as the files that macOS writes next to other files.
    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');
}
