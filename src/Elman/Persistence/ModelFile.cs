using System.Globalization;
using System.Numerics;
using Elman.Evaluations;
using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.Packing;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman.Persistence;

/// <summary>A model as a <c>.safetensors</c> file: the weights of its members as tensors, everything else as texts in the
/// metadata.</summary>
/// <param name="Kind">The kind of model, such as that of a <see cref="SequenceTask"/>.</param>
/// <param name="Members">The models whose predictions are averaged; usually one.</param>
/// <param name="Names">The names of the outputs: class labels or targets; empty if they have no names.</param>
/// <param name="Training">The summary of the training.</param>
internal sealed record ModelFile(string Kind, IReadOnlyList<MemberFile> Members, IReadOnlyList<string> Names, TrainingSummary? Training)
{
    /// <summary>The newest format version that this code reads. It writes the oldest version that has what the model needs.</summary>
    public const int Version = PyTorchVersion;

    /// <summary>A <see cref="SimpleRnnClassifier{T}"/>.</summary>
    public const string SimpleKind = "simple-rnn-classifier";

    /// <summary>The version that introduced several members.</summary>
    private const int MembersVersion = 6;

    /// <summary>The version that introduced channel names: an older reader would accept channels in any order.</summary>
    private const int OriginVersion = 7;

    /// <summary>
    /// The version that introduced the preparation and the offsets of values, vocabularies, covariates of forecasters, and quantiles of
    /// forecasts: an older reader would use wrong values.
    /// </summary>
    private const int ValuesVersion = 8;

    /// <summary>
    /// The version that introduced the names and biases of PyTorch modules: an older reader would refuse their tensors as unexpected.
    /// </summary>
    private const int PyTorchVersion = 9;

    /// <summary>The maximum number of members, since a small file can claim more.</summary>
    private const int MostMembers = 1024;

    private const string Prefix = "elman.", VersionKey = "elman.version", KindKey = "elman.kind", MembersKey = "elman.members",
        ClassesKey = "elman.classes";
    private const string TargetScaleKey = "elman.targetScale", TrainingKey = "elman.training", ChannelsKey = "elman.channels",
        ColumnsKey = "elman.columns", PreparationKey = "elman.preparation", VocabulariesKey = "elman.vocabularies",
        CovariatesKey = "elman.covariates", OffsetsKey = "elman.offsets", BandsKey = "elman.quantiles",
        IntervalKey = "elman.interval", PyTorchKey = "elman.pytorch", ChecksumKey = "elman.crc32c";

    /// <summary>The standardisation of the targets, or <see langword="null"/> for none.</summary>
    public Standardization? TargetScale { get; init; }

    /// <summary>Names and settings of the training data.</summary>
    public DataOrigin Origin { get; init; } = DataOrigin.None;

    /// <summary>For a forecaster, the quantiles of its errors.</summary>
    public ForecastBands Bands { get; init; } = ForecastBands.None;

    /// <summary>The names and biases of the PyTorch modules that the model was imported from, or <see langword="null"/>.</summary>
    public PyTorchOrigin? PyTorch { get; init; }

    /// <summary>The description of the only member, or of the first of several.</summary>
    public ModelSpec Spec => Members[0].Spec;

    /// <summary>The oldest format version whose readers support the model.</summary>
    private int OldestVersion
    {
        get
        {
            int ofMembers = Members.Max(member => member.Version);
            bool needsValues = Origin.Preparation is not null || Origin.Vocabularies.Count > 0 || Origin.Covariates.Count > 0
                || !Origin.Offsets.IsNone || Bands.Levels.Count > 0 || ofMembers == ValuesVersion;
            return PyTorch is not null ? PyTorchVersion
                : needsValues ? ValuesVersion
                : !Origin.IsNone ? OriginVersion
                : ListsMembers ? MembersVersion : ofMembers;
        }
    }

    /// <summary>Whether the file lists members; a single one needs no list.</summary>
    private bool ListsMembers => Members.Count > 1;

    /// <summary>Returns the content of the file: description and weights.</summary>
    /// <param name="values">The weights of each member.</param>
    public Safetensors ToContent<T>(params IReadOnlyList<Parameters<T>> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = OldestVersion.ToString(CultureInfo.InvariantCulture),
            [KindKey] = Kind,
            [ClassesKey] = MetadataJson.Write(Names),
        };
        if (ListsMembers)
            texts[MembersKey] = MetadataJson.Write(Members);
        if (TargetScale is not null)
            texts[TargetScaleKey] = MetadataJson.Write(TargetScale);
        if (Origin.ChannelNames.Count > 0)
            texts[ChannelsKey] = MetadataJson.Write(Origin.ChannelNames);
        if (Origin.Columns is not null)
            texts[ColumnsKey] = MetadataJson.Write(Origin.Columns);
        if (Origin.Covariates.Count > 0)
            texts[CovariatesKey] = MetadataJson.Write(Origin.Covariates);
        if (Origin.Interval is not null)
            texts[IntervalKey] = MetadataJson.Write(Origin.Interval); // older readers do not need it
        if (Bands.Levels.Count > 0)
            texts[BandsKey] = MetadataJson.Write(Bands);
        if (Origin.Preparation is not null)
            texts[PreparationKey] = Origin.Preparation;
        if (!Origin.Offsets.IsNone)
            texts[OffsetsKey] = OffsetsJson.Write(Origin.Offsets);
        if (Origin.Vocabularies.Count > 0)
            texts[VocabulariesKey] = VocabularyJson.Write(Origin.Vocabularies);
        if (PyTorch is not null)
            texts[PyTorchKey] = PyTorchJson.Write(PyTorch);
        if (Training is not null)
            texts[TrainingKey] = MetadataJson.Write(Training);
        for (int m = 0; m < Members.Count; m++)
            Members[m].Write(texts, Prefix + PrefixOf(m, ListsMembers));

        SafetensorsTensor[] tensors = [.. values.SelectMany((weights, m) => MemberFile.Tensors(weights, PrefixOf(m, ListsMembers))),
            .. PyTorch is null ? [] : PyTorchJson.Tensors(PyTorch)];
        var content = new Safetensors(tensors, texts);
        texts[ChecksumKey] = content.Checksum(ChecksumKey).ToString("x8", CultureInfo.InvariantCulture);
        return content;
    }

    /// <summary>Reads the description, and the tensors for <see cref="Load"/>.</summary>
    /// <param name="source">The source of the model.</param>
    /// <param name="kinds">The kinds that the caller can use.</param>
    /// <param name="load">The custom code that the file may name.</param>
    /// <exception cref="ModelFileException">The file is missing, invalid, altered, of another kind,
    /// or from a newer version.</exception>
    public static (ModelFile Description, Safetensors Content) Read(ModelSource source, IReadOnlyList<string> kinds, LoadOptions load)
    {
        string path = source.Name;
        Safetensors content = source.Read();
        IReadOnlyDictionary<string, string> texts = content.Metadata;
        if (!texts.TryGetValue(VersionKey, out string? versionText)
            || !int.TryParse(versionText, CultureInfo.InvariantCulture, out int version) || version < 1)
            throw ModelFileException.At(path, $"This .safetensors file holds no Elman model: its metadata has no valid '{VersionKey}'.");
        if (version > Version)
            throw ModelFileException.At(path, $"This model was written by a newer version of Elman (format {version}; "
                + $"this one reads up to {Version}). Update Elman to use it.");
        if (texts.TryGetValue(ChecksumKey, out string? checksum)
            && checksum != content.Checksum(ChecksumKey).ToString("x8", CultureInfo.InvariantCulture))
            throw ModelFileException.At(
                path, "The file was altered or damaged since it was written: its checksum does not match. Use an undamaged copy.");
        string fileKind = Text(path, texts, KindKey);
        if (!kinds.Contains(fileKind))
            throw ModelFileException.At(path, $"This is a {fileKind}; the program needs a {string.Join(" or ", kinds)}.");
        if (fileKind == SimpleKind && texts.ContainsKey(PyTorchKey))
            throw ModelFileException.At(path, $"Its metadata has '{PyTorchKey}', which a {SimpleKind} can't have.");

        try
        {
            List<MemberFile> members = ReadMembers(texts, load);
            return (new ModelFile(
                fileKind,
                members,
                ModelJson.Read(ClassesKey, Text(path, texts, ClassesKey), MetadataJson.ReadNames),
                ModelJson.Find(texts, TrainingKey, MetadataJson.ReadTraining))
            {
                TargetScale = ModelJson.Find(texts, TargetScaleKey, MetadataJson.ReadStandardization),
                Bands = ModelJson.Find(texts, BandsKey, MetadataJson.ReadBands) ?? ForecastBands.None,
                PyTorch = ModelJson.Find(texts, PyTorchKey, PyTorchJson.Read),
                Origin = new DataOrigin(
                    ModelJson.Find(texts, ChannelsKey, MetadataJson.ReadNames) ?? [],
                    ModelJson.Find(texts, ColumnsKey, MetadataJson.ReadColumns),
                    texts.GetValueOrDefault(PreparationKey))
                {
                    Vocabularies = ModelJson.Find(texts, VocabulariesKey, VocabularyJson.Read) ?? [],
                    Interval = ModelJson.Find(texts, IntervalKey, MetadataJson.ReadInterval),
                    Covariates = ModelJson.Find(
                        texts, CovariatesKey, text => MetadataJson.ReadCovariates(text, members[0].Spec.Horizon)) ?? Covariates.None,
                    Offsets = ModelJson.Find(texts, OffsetsKey, OffsetsJson.Read) ?? ValueOffsets.None,
                },
            }, content);
        }
        catch (FormatException e)
        {
            throw ModelFileException.At(path, $"The model description in the file is not valid: {e.Message} Get the file again.", e);
        }
    }

    /// <summary>
    /// Checks that names and scales match the members' channels and outputs, that the kind matches their task, and that the members match
    /// each other.
    /// </summary>
    /// <exception cref="ModelFileException">The check fails.</exception>
    public void Check(string path)
    {
        var task = SequenceTask.Of(Spec);
        if (Kind != task.FileKind)
            throw ModelFileException.At(path, $"It is a {Kind}, but its model has the task of a {task.FileKind}.");
        int different = Names.Distinct(StringComparer.Ordinal).Count(), outputs = task.HasNames ? Spec.OutputSize : 0;
        if (Names.Count != outputs || different != outputs)
            throw ModelFileException.At(
                path, $"It names {different} different {(task.ScalesTargets ? "targets" : "classes")}; the model has {outputs}.");
        foreach (MemberFile member in Members)
            member.Check(path);
        CheckCovariates(path, task);
        int named = Origin.ChannelNames.Count, given = Spec.Channels - Origin.Covariates.Added;
        if (named > 0 && (named != given || Origin.ChannelNames.Distinct(StringComparer.Ordinal).Count() != named))
            throw ModelFileException.At(path, $"It names {Amount.Of(named, "channel")}; the model has {given}, which need different "
                + "names.");
        if (Origin.Offsets.Channels.Count > 0 && Origin.Offsets.Channels.Count != given)
            throw ModelFileException.At(
                path, $"It subtracts offsets from {Amount.Of(Origin.Offsets.Channels.Count, "channel")}; the model has {given}.");
        if (Origin.Offsets.Targets.Keys.FirstOrDefault(target => !Names.Contains(target, StringComparer.Ordinal)) is { } unknown)
            throw ModelFileException.At(path, $"It subtracts an offset from the target {Quoted(unknown)}, which the model does not have.");
        foreach (MemberFile member in Members)
            member.CheckVocabularies(path, Origin.Vocabularies);
        if (TargetScale is { } t && (!task.ScalesTargets || t.Means.Count != Spec.OutputSize))
            throw ModelFileException.At(
                path, $"It scales {Amount.Of(t.Means.Count, "target")}; the model has {(task.ScalesTargets ? Spec.OutputSize : 0)}.");
        if (PyTorch?.FindProblem(Spec, Members.Count) is { } ofPyTorch)
            throw ModelFileException.At(path, ofPyTorch);
        int other = Members.ToList().FindIndex(member => member.Spec.Task != Spec.Task || member.Spec.Channels != Spec.Channels
            || member.Spec.OutputSize != Spec.OutputSize || member.Spec.Horizon != Spec.Horizon || member.Spec.Missing != Spec.Missing);
        if (other >= 0)
            throw ModelFileException.At(path, $"Member {other + 1} differs from member 1 in its task, channels, outputs or missing values; "
                + "their predictions can't be averaged.");
    }

    private void CheckCovariates(string path, SequenceTask task)
    {
        if (Bands.Errors.Any(errors => task.HasNames || errors.Length != Spec.OutputSize))
            throw ModelFileException.At(path, "It has quantiles of errors that do not fit its forecasts.");
        int told = Origin.Covariates.Count;
        if (told > 0 && (task.HasNames || told >= Spec.Channels))
            throw ModelFileException.At(path,
                $"It has {told} input channels that it does not forecast; only a forecaster can have them, and fewer than its "
                    + $"{Amount.Of(Spec.Channels, "channel")}.");
        if (!task.HasNames && Spec.OutputSize != (long)Spec.Horizon * (Spec.Channels - told))
            throw ModelFileException.At(path,
                $"It forecasts {Amount.Of(Spec.Horizon, "step")} of {Spec.Channels - told} channels; the model has "
                    + $"{Amount.Of(Spec.OutputSize, "output")}.");
    }

    /// <summary>Copies the weights, if the file has exactly the tensors of all members.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">The content from <see cref="Read"/>.</param>
    /// <param name="values">Receives the weights of each member.</param>
    /// <returns>The names and biases of PyTorch modules, if the file has them.</returns>
    /// <exception cref="ModelFileException">A tensor is missing, left over, of another shape or type,
    /// or has a number that is not finite.</exception>
    public PyTorchOrigin? Load<T>(string path, Safetensors content, params IReadOnlyList<Parameters<T>> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var tensors = content.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        for (int m = 0; m < values.Count; m++)
            MemberFile.Load(path, tensors, values[m], PrefixOf(m, ListsMembers));
        PyTorchOrigin? pyTorch = PyTorch is null ? null : PyTorchJson.WithBiases(path, PyTorch, Spec, tensors,
            values[0].Layout.Slices.ToDictionary(slice => slice.Name, slice => slice.Shape, StringComparer.Ordinal));
        if (tensors.Count > 0)
            throw ModelFileException.At(
                path, $"Tensor {Quoted(tensors.Keys.Order(StringComparer.Ordinal).First())} is unexpected: the model has no such weights.");
        return pyTorch;
    }

    private static List<MemberFile> ReadMembers(IReadOnlyDictionary<string, string> texts, LoadOptions load)
    {
        if (!texts.TryGetValue(MembersKey, out string? list))
            return [MemberFile.Read(texts, Prefix, load)];
        var members = new List<MemberFile>();
        foreach ((string name, double weight) in ModelJson.Read(
            MembersKey, list, text => MetadataJson.ReadMembers(text, MostMembers)))
            members.Add(
                MemberFile.Read(texts, Prefix + PrefixOf(members.Count, isListed: true), load) with { Name = name, Weight = weight });
        return members;
    }

    /// <summary>Returns the prefix of the names of a member's tensors; preceded by <see cref="Prefix"/>, it is that of its keys.</summary>
    private static string PrefixOf(int member, bool isListed) => isListed ? FormattableString.Invariant($"member.{member}.") : "";

    private static string Text(string path, IReadOnlyDictionary<string, string> texts, string key) =>
        texts.GetValueOrDefault(key) ?? throw ModelFileException.At(path, $"Its metadata has no {Quoted(key)}.");
}
