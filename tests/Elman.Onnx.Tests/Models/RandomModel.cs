using Elman.Fitted;
using Elman.Models;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Onnx.Tests.Models;

/// <summary>A model with random options and weights, and data for it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Data">Sequences of different lengths.</param>
/// <param name="Description">What it is, for messages.</param>
internal sealed record RandomModel(SequenceEstimator Model, SequenceDataset Data, string Description) : IDisposable
{
    private static readonly Func<SeededRandom, CellOptions>[] _cells =
    [
        random => new RnnOptions { Activation = Any(random), LayerNorm = random.NextInt32(4) == 0 },
        random => new GruOptions
        {
            GruReset = random.NextInt32(2) == 0 ? GruReset.Before : GruReset.After,
            LayerNorm = random.NextInt32(4) == 0,
            GateActivation = random.NextInt32(3) == 0 ? OfGates(random) : Activation.Sigmoid,
            CandidateActivation = random.NextInt32(3) == 0 ? Any(random) : Activation.Tanh,
        },
        random => new LstmOptions
        {
            Peepholes = random.NextInt32(3) == 0,
            CoupledGates = random.NextInt32(4) == 0,
            GateClip = random.NextInt32(4) == 0 ? 0.4 : double.PositiveInfinity,
            Projection = random.NextInt32(4) == 0 ? 2 + random.NextInt32(3) : 0,
            LayerNorm = random.NextInt32(4) == 0,
            GateActivation = random.NextInt32(4) == 0 ? OfGates(random) : Activation.Sigmoid,
            CandidateActivation = random.NextInt32(4) == 0 ? Any(random) : Activation.Tanh,
            OutputActivation = random.NextInt32(4) == 0 ? Any(random) : Activation.Tanh,
        },
        random => new IndRnnOptions { Activation = Any(random) },
        _ => new MinGruOptions(),
        _ => new MinLstmOptions(),
        _ => new LruOptions(),
        _ => new SumOptions(),
        random => new EsnOptions { LeakRate = random.NextInt32(2) == 0 ? 0.3 : 1, Activation = Any(random) },
        random => new OscillatorOptions { Mix = random.NextInt32(2) == 0 },
        _ => new DelaysOptions(),
    ];

    /// <summary>Creates the model of a seed: every cell comes once in eleven seeds.</summary>
    public static RandomModel Create(int seed)
    {
        var random = new SeededRandom(seed);
        while (true)
        {
            MissingValues missing = (MissingValues)random.NextInt32(6);
            ModelTask task = (ModelTask)random.NextInt32(5);
            SequenceDataset data = DataOf(random, missing, out SymbolTables symbols);
            InputStages stages = StagesOf(random, data, symbols, task);
            if ((task == ModelTask.Forecast && (missing == MissingValues.Linear || symbols.Count > 0))
                || stages.FindProblems(missing, data.Channels, symbols.Count).Count > 0)
                continue;
            int members = random.NextInt32(5) == 0 ? 2 : 1, horizon = task == ModelTask.Forecast ? 1 + random.NextInt32(3) : 1;
            int outputs = task == ModelTask.Forecast ? horizon * data.Channels : 2 + random.NextInt32(3);
            var all = new List<Member>();
            for (int draw = 0; draw < 100 && all.Count < members; draw++)
            {
                var preprocessing = Preprocessing.Fit(data, missing, random.NextInt32(4) > 0, symbols, stages);
                CellOptions cell = _cells[(seed + all.Count) % _cells.Length](random);
                ModelSpec spec = SpecOf(random, cell, preprocessing, symbols, task) with { Horizon = horizon, OutputSize = outputs };
                if (spec.FindProblems().Count == 0)
                    all.Add(MemberOf(random, spec, preprocessing) with { Weight = 1.0 / members });
            }
            if (all.Count < members)
                continue; // these stages are not for this task
            var fitted = new FittedModel([.. all], NamesOf(task, all[0].Model.Spec.OutputSize), ScaleOf(task, all[0].Model.Spec), null, []);
            return new(SequenceEstimator.Of(fitted), data, $"seed {seed}: {Describe(all[0])}");
        }
    }

    public void Dispose() => Model.Dispose();

    private static string Describe(Member member)
    {
        ModelSpec spec = member.Model.Spec;
        return $"{spec} {string.Join(' ', spec.Cell.Options.Where(o => o.ShapesModel).Select(o => o.Name + "=" + o.ValueOf(spec.Cell)))}";
    }

    private static SequenceDataset DataOf(SeededRandom random, MissingValues missing, out SymbolTables symbols)
    {
        int channels = 1 + random.NextInt32(4);
        SymbolTable[] tables = [.. Enumerable.Range(1, channels).Where(_ => random.NextInt32(5) == 0)
            .Select(channel => new SymbolTable(channel, 5, 3))];
        symbols = new SymbolTables(tables);
        double[] offsets = [.. Enumerable.Range(0, channels).Select(_ => 0.5 * random.NextNormal())];
        var sequences = new List<Sequence>();
        for (int s = 0; s < 12; s++)
        {
            float[] values = new float[channels * (1 + random.NextInt32(s == 0 ? 1 : 24))];
            for (int i = 0; i < values.Length; i++)
            {
                int c = i % channels;
                bool isMissing = missing != MissingValues.Refuse && random.NextInt32(4) == 0;
                bool isSymbol = tables.Any(table => table.Channel == c + 1);
                values[i] = isMissing && !isSymbol ? float.NaN
                    : isSymbol ? random.NextInt32(5)
                    : (float)(offsets[c] + random.NextNormal());
            }
            sequences.Add(new Sequence(values, channels));
        }
        return new SequenceDataset(channels, [], sequences);
    }

    private static InputStages StagesOf(SeededRandom random, SequenceDataset data, SymbolTables symbols, ModelTask task)
    {
        if (random.NextInt32(2) == 0)
            return InputStages.None;
        int differences = random.NextInt32(3);
        bool answersSteps = task is ModelTask.Tag or ModelTask.Forecast;
        return new InputStages(
            !answersSteps && random.NextInt32(4) == 0, differences, answersSteps || random.NextInt32(3) > 0 ? 0 : 2 + random.NextInt32(5),
            differences > 0 && random.NextInt32(3) == 0,
            symbols.Count > 0 && random.NextInt32(2) == 0
                ? new Ngrams(2 + random.NextInt32(3), random.NextInt32(2) == 0).Fit(data, symbols) : null);
    }

    private static ModelSpec SpecOf(
        SeededRandom random, CellOptions cell, Preprocessing preprocessing, SymbolTables symbols, ModelTask task)
    {
        bool isBidirectional = task != ModelTask.Forecast && random.NextInt32(3) == 0;
        int units = 1 + random.NextInt32(random.NextInt32(3) == 0 ? 33 : 6), layers = cell is DelaysOptions ? 1 : 1 + random.NextInt32(3);
        bool answersSteps = task is ModelTask.Tag or ModelTask.Forecast;
        return new ModelSpec
        {
            Cell = cell,
            InputSize = preprocessing.InputSize,
            Missing = preprocessing.Missing,
            Symbols = symbols,
            Stages = preprocessing.Stages,
            Layers = LayerSizes.Create([.. Enumerable.Repeat(units, layers)]),
            Bidirectional = isBidirectional,
            Merge = isBidirectional ? (DirectionMerge)random.NextInt32(4) : DirectionMerge.Concatenate,
            Residual = layers > 1 && random.NextInt32(3) == 0,
            Zoneout = random.NextInt32(5) == 0 ? 0.2 : 0,
            Readout = answersSteps ? Readout.Last : Readout.All[random.NextInt32(Readout.All.Count)],
            Task = task,
            OutputSize = 1,
        };
    }

    private static Member MemberOf(SeededRandom random, ModelSpec spec, Preprocessing preprocessing)
    {
        var model = new SequenceModel<float>(spec);
        model.Initialize(WeightInitialization.Rotation, random);
        foreach (var slice in model.Values.Layout.Slices.Where(slice => !IsSpecial(slice.Name)))
            foreach (ref float value in model.Values.Span(slice))
                value += (float)(0.15 * random.NextNormal());
        model.Pack(forTraining: false);
        return new Member(model, preprocessing)
        { Temperature = spec.Task is ModelTask.Regress or ModelTask.Forecast || random.NextInt32(2) == 0 ? 1 : 1.7 };

        // Noise would make these unstable, or no valid weights.
        static bool IsSpecial(string name) => name.Split('.')[^1] is "u" or "dilations" or "nu" or "theta";
    }

    private static string[] NamesOf(ModelTask task, int outputs) =>
        task == ModelTask.Forecast ? [] : [.. Enumerable.Range(0, outputs).Select(i => $"name {i}")];

    private static Standardization? ScaleOf(ModelTask task, ModelSpec spec) => task != ModelTask.Regress
        ? null
        : new(Enumerable.Range(0, spec.OutputSize).Select(i => 0.1 * i), Enumerable.Repeat(1.5, spec.OutputSize));

    /// <summary>An activation for gates: with values outside 0 to 1, states grow, and rounding with them.</summary>
    private static Activation OfGates(SeededRandom random) => Activation.HardSigmoid(0.1 + (0.3 * random.NextDouble()), 0.5);

    private static Activation Any(SeededRandom random)
    {
        Activation[] all =
        [
            Activation.Tanh, Activation.Sigmoid, Activation.Relu, Activation.Softsign, Activation.LeakyRelu(0.1), Activation.HardSigmoid(),
            Activation.ScaledTanh(), Activation.Affine(0.4, 0.1), Activation.Identity, Activation.Softplus, Activation.Elu(0.7),
            Activation.ThresholdedRelu(0.2),
        ];
        return random.NextInt32(2) == 0 ? Activation.Tanh : all[random.NextInt32(all.Length)];
    }
}
