namespace Elman.Data.Audio;

/// <summary>Converts audio files to sequences, all with the same settings, and collects warnings about possible misreadings.</summary>
internal sealed class AudioReader(AudioSettings settings, bool converts, string name, Remarks remarks)
{
    private FrameFeatures? _features;
    private string? _firstPath;
    private int _stereo, _converted, _lower, _short, _silent, _openEnded;
    private string _stereoExample = "", _convertedExample = "", _lowerExample = "", _shortExample = "", _silentExample = "",
        _openExample = "";

    /// <summary>The settings, including the sampling rate after the first file was read.</summary>
    public AudioSettings Settings { get; private set; } = settings;

    /// <summary>The number of bytes of the files that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataFileException">The file can't be used.</exception>
    public Sequence Read(AudioPlace place)
    {
        WavSound sound = ReadSound(place.Path);
        Count(sound.IsOpenEnded, ref _openEnded, ref _openExample, place);
        Count(sound.Channels > 1, ref _stereo, ref _stereoExample, place);
        Count(!sound.Samples.AsSpan().ContainsAnyExcept(sound.Samples[0]), ref _silent, ref _silentExample, place);
        _firstPath ??= place.Path;
        int rate = Settings.Rate ?? sound.Rate;
        Settings = Settings with { Rate = rate };
        float[] samples = sound.Rate == rate ? sound.Samples : Converted(sound, rate, place);
        if (Settings.Features == AudioFeatures.Raw)
            return Sequence(samples, place);
        try
        {
            _features ??= new FrameFeatures(Settings, rate);
        }
        catch (ArgumentException e)
        {
            throw new DataFileException(name, e.WithoutParameter(), innerException: e);
        }
        Count(samples.Length < _features.FrameLength, ref _short, ref _shortExample, place);
        if (samples.Length < _features.FrameLength)
            Array.Resize(ref samples, _features.FrameLength);
        return Sequence(_features.Of(samples), place);
    }

    /// <summary>Adds the collected warnings.</summary>
    public void Report()
    {
        Tell(_stereo, _stereoExample, "two channels", "their mean is used");
        Tell(_converted, _convertedExample, $"another sampling rate than {Settings.Rate} Hz", "they are resampled to it");
        Tell(_lower, _lowerExample, $"a sampling rate below {Settings.Rate} Hz",
            "they have no frequencies above half of their rate, which a model may use as a feature; choose the lowest rate "
                + "(--sample-rate)");
        Tell(_short, _shortExample, "less than a frame", "they are padded with zeros");
        Tell(_silent, _silentExample, "nothing but one value", "they are silent; remove them if they should not be");
        Tell(_openEnded, _openExample, "no length written in them", "everything up to the end is read");
    }

    private Sequence Sequence(float[] values, AudioPlace place) => new(values, Settings.Channels) { Id = place.Id, Group = place.Group };

    private float[] Converted(WavSound sound, int rate, AudioPlace place)
    {
        if (!converts)
            throw new DataFileException(place.Path, $"its sampling rate is {sound.Rate} Hz, that of "
                + $"{(_firstPath == place.Path ? "what was learned from" : $"'{_firstPath}'")} is {rate} Hz; choose a common rate, such "
                + $"as --sample-rate {(_firstPath == place.Path ? rate : Math.Min(rate, sound.Rate))}.");
        if ((long)sound.Samples.Length * rate / sound.Rate > WavReader.MostSamples)
            throw new DataFileException(place.Path, $"at {rate} Hz it would have more than the {WavReader.MostSamples} allowed samples; "
                + "cut it into shorter files.");
        Count(true, ref _converted, ref _convertedExample, place);
        Count(sound.Rate < rate, ref _lower, ref _lowerExample, place);
        return SampleRate.Convert(sound.Samples, sound.Rate, rate);
    }

    private WavSound ReadSound(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            BytesRead += stream.Length;
            return WavReader.Read(stream, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file; check the path.", innerException: e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFileException(path, "reading is not permitted; check the permissions of the file.", innerException: e);
        }
        catch (IOException e) when (e is not DataFileException)
        {
            throw new DataFileException(path, $"it can't be read: {FileProblem.ReasonOf(e)}.", innerException: e);
        }
    }

    private void Tell(int count, string example, string have, string then)
    {
        if (count > 0)
        {
            string whose = count == 1 ? $"{Quoted(example)} has" : $"{count} files, such as {Quoted(example)}, have";
            remarks.Add(have, $"{whose} {have}; {then}.");
        }
    }

    private static void Count(bool isSo, ref int count, ref string example, AudioPlace place)
    {
        if (isSo && count++ == 0)
            example = place.Id;
    }
}
