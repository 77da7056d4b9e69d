using System.Reflection;

namespace Elman.Tests.Training;

public class TrainingOptionsTests
{
    private static readonly TrainingOptions _defaults = new();

    public static TheoryData<string, TrainingOptions> Wrong => new()
    {
        { "Cell 'no-such-cell' is not known", _defaults with { Cell = "no-such-cell" } },
        { "Layers is 0;", _defaults with { Model = _defaults.Model with { Layers = [0] } } },
        { "Layers is 16384; each may have 1 to 16383 units.", _defaults with { Model = _defaults.Model with { Layers = [16_384] } } },
        { "Layers is 9460; each may have 1 to 9459 units for gru.", _defaults with
        {
            Cell = "gru",
            Model = _defaults.Model with { Layers = [9460] },
        } },
        { "Layers is 8192; each may have 1 to 8191 units for lstm.", _defaults with
        {
            Cell = "LSTM",
            Model = _defaults.Model with { Layers = [8192] },
        } },
        { "Layers is 9460; each may have 1 to 9459 units for lstm.",
            _defaults with { Cell = new LstmOptions { CoupledGates = true }, Model = _defaults.Model with { Layers = [9460] } } },
        { "Activation is missing", _defaults with { Cell = new RnnOptions { Activation = null! } } },
        { "GruReset is 2,", _defaults with { Cell = new GruOptions { GruReset = (GruReset)2 } } },
        { "GateClip is 0;", _defaults with { Cell = new LstmOptions { GateClip = 0 } } },
        { "GateClip is NaN;", _defaults with { Cell = new LstmOptions { GateClip = double.NaN } } },
        { "ForgetBias is NaN;", _defaults with { Cell = new LstmOptions { ForgetBias = double.NaN } } },
        { "ForgetBias is -Infinity;", _defaults with { Cell = new LstmOptions { ForgetBias = double.NegativeInfinity } } },
        { "ForgetBias is 1E+39; it must be a finite number of at most 3.4028235E+38 in size.",
            _defaults with { Cell = new LstmOptions { ForgetBias = 1e39 } } },
        { "LeakRate is 0;", _defaults with { Cell = new EsnOptions { LeakRate = 0 } } },
        { "LeakRate is 1.5;", _defaults with { Cell = new EsnOptions { LeakRate = 1.5 } } },
        { "LeakRate is NaN;", _defaults with { Cell = new EsnOptions { LeakRate = double.NaN } } },
        { "SpectralRadius is -0.1;", _defaults with { Cell = new EsnOptions { SpectralRadius = -0.1 } } },
        { "SpectralRadius is 1E+39;", _defaults with { Cell = new EsnOptions { SpectralRadius = 1e39 } } },
        { "SpectralRadius is NaN;", _defaults with { Cell = new EsnOptions { SpectralRadius = double.NaN } } },
        { "ReservoirDensity is 0;", _defaults with { Cell = new EsnOptions { ReservoirDensity = 0 } } },
        { "ReservoirDensity is 1.01;", _defaults with { Cell = new EsnOptions { ReservoirDensity = 1.01 } } },
        { "InputScale is 0;", _defaults with { Cell = new EsnOptions { InputScale = 0 } } },
        { "InputScale is Infinity;", _defaults with { Cell = new EsnOptions { InputScale = double.PositiveInfinity } } },
        { "Ridge is for esn, oscillator or delays; rnn does not take it, unless its readout is one that counts.",
            _defaults with { Ridge = 1 } },
        { "Ridge is 0; it must be a finite number above 0", _defaults with { Cell = "esn", Ridge = 0 } },
        { "Ridge is -1;", _defaults with { Cell = "esn", Ridge = -1 } },
        { "Ridge is NaN;", _defaults with { Cell = "esn", Ridge = double.NaN } },
        { "Dropout is for training by gradients; esn", _defaults with { Cell = "esn", Dropout = 0.1 } },
        { "RecurrentDropout is for training by gradients; esn", _defaults with { Cell = "esn", RecurrentDropout = 0.1 } },
        { "Epochs is for training by gradients; esn", _defaults with { Cell = "ESN", Epochs = 1 } },
        { "Batch is for training by gradients; esn", _defaults with { Cell = "esn", Batch = 1 } },
        { "Optimizer is for training by gradients; esn", _defaults with { Cell = "esn", Optimizer = OptimizerKind.Sgd } },
        { "Momentum is for training by gradients; esn", _defaults with { Cell = "esn", Momentum = 0.5 } },
        { "LearningRate is for training by gradients; esn", _defaults with { Cell = "esn", LearningRate = 0.002 } },
        { "Schedule is for training by gradients; esn", _defaults with { Cell = "esn", Schedule = LearningRateSchedule.Constant } },
        { "Clip is for training by gradients; esn", _defaults with { Cell = "esn", Clip = 2 } },
        { "Init is for training by gradients; esn", _defaults with { Cell = "esn", Init = WeightInitialization.Identity } },
        { "LabelSmoothing is for training by gradients; esn", _defaults with { Cell = "esn", LabelSmoothing = 0.1 } },
        { "Patience is for training by gradients; esn", _defaults with { Cell = "esn", Patience = 3 } },
        { "Readout is attention, which learns by gradients; esn", _defaults with
        {
            Cell = "esn",
            Model = _defaults.Model with { Readout = Readout.Attention },
        } },
        { "Zoneout would make the units of esn leak twice", _defaults with
        {
            Cell = "esn",
            Model = _defaults.Model with { Zoneout = 0.1 },
        } },
        { "Zoneout is 0.999999; rates are rounded to multiples of 2⁻¹⁶, so this one would become 1.",
            _defaults with { Model = _defaults.Model with { Zoneout = 0.999999 } } },
        { "Zoneout is 1E-09; rates are rounded to multiples of 2⁻¹⁶, so this one would become 0.",
            _defaults with { Model = _defaults.Model with { Zoneout = 1e-9 } } },
        { "Dropout is 0.999999;", _defaults with { Dropout = 0.999999 } },
        { "Dropout is 1E-09;", _defaults with { Dropout = 1e-9 } },
        { "RecurrentDropout is 0.999999;", _defaults with { RecurrentDropout = 0.999999 } },
        { "RecurrentDropout is 1E-09;", _defaults with { RecurrentDropout = 1e-9 } },
        { "RecurrentDropout is NaN; it must be at least 0 and below 1.", _defaults with { RecurrentDropout = double.NaN } },
        { "LongestMemory is 0;", _defaults with { Cell = new OscillatorOptions { LongestMemory = 0 } } },
        { "LongestMemory is 1E+39;", _defaults with { Cell = new OscillatorOptions { LongestMemory = 1e39 } } },
        { "LongestMemory is NaN;", _defaults with { Cell = new OscillatorOptions { LongestMemory = double.NaN } } },
        { "Epochs is for training by gradients; oscillator", _defaults with { Cell = "oscillator", Epochs = 1 } },
        { "Zoneout is for training by gradients; oscillator learns its output layer alone",
            _defaults with { Cell = "oscillator", Model = _defaults.Model with { Zoneout = 0.1 } } },
        { "Readout is attention, which learns by gradients; oscillator",
            _defaults with { Cell = "oscillator", Model = _defaults.Model with { Readout = Readout.Attention } } },
        { "Ridge is for esn, oscillator or delays; gru does not take it, unless its readout is one that counts.",
            _defaults with { Cell = "gru", Ridge = 1 } },
        { "Ridge is 0; it must be a finite number above 0", _defaults with
        {
            Cell = "gru",
            Model = _defaults.Model with { Readout = Readout.Counts },
            Ridge = 0,
        } },
        { "Epochs is 0;", _defaults with { Epochs = 0 } },
        { "Batch is -1;", _defaults with { Batch = -1 } },
        { "Optimizer is 9,", _defaults with { Optimizer = (OptimizerKind)9 } },
        { "Momentum is 1;", _defaults with { Momentum = 1 } },
        { "Momentum is -0.1;", _defaults with { Momentum = -0.1 } },
        { "Momentum is NaN;", _defaults with { Momentum = double.NaN } },
        { "Nesterov", _defaults with { Optimizer = OptimizerKind.Nesterov, Momentum = 0 } },
        { "LearningRate is 0;", _defaults with { LearningRate = 0 } },
        { "LearningRate is -1;", _defaults with { LearningRate = -1 } },
        { "LearningRate is NaN;", _defaults with { LearningRate = double.NaN } },
        { "LearningRate is Infinity;", _defaults with { LearningRate = double.PositiveInfinity } },
        { "WeightDecay is -0.1;", _defaults with { Optimizer = OptimizerKind.AdamW, WeightDecay = -0.1 } },
        { "WeightDecay is NaN;", _defaults with { Optimizer = OptimizerKind.AdamW, WeightDecay = double.NaN } },
        { "WeightDecay is Infinity;", _defaults with { Optimizer = OptimizerKind.AdamW, WeightDecay = double.PositiveInfinity } },
        { "WeightDecay is 500; times the learning rate 0.002 it must be below 1",
            _defaults with { Optimizer = OptimizerKind.AdamW, WeightDecay = 500 } },
        { "WeightDecay is for AdamW, but Optimizer is Adam; leave it at its default, or choose AdamW.",
            _defaults with { WeightDecay = 0 } },
        { "WeightDecay is for AdamW, but Optimizer is Sgd;", _defaults with { Optimizer = OptimizerKind.Sgd, WeightDecay = 0.1 } },
        { "WeightDecay is for training by gradients; esn", _defaults with { Cell = "esn", WeightDecay = 0.1 } },
        { "Schedule is 5,", _defaults with { Schedule = (LearningRateSchedule)5 } },
        { "Clip is 0;", _defaults with { Clip = 0 } },
        { "Clip is NaN;", _defaults with { Clip = double.NaN } },
        { "Truncate is -1;", _defaults with { Truncate = -1 } },
        { "Truncate cuts gradients off and GradientCheckpointing keeps them whole;",
            _defaults with { Truncate = 100, GradientCheckpointing = true } },
        { "Truncate goes window by window, but with Bidirectional",
            _defaults with { Truncate = 100, Model = _defaults.Model with { Bidirectional = true } } },
        { "GradientCheckpointing goes window by window, but with Bidirectional",
            _defaults with { GradientCheckpointing = true, Model = _defaults.Model with { Bidirectional = true } } },
        { "Init is -1,", _defaults with { Init = (WeightInitialization)(-1) } },
        { "Validation is 1;", _defaults with { Validation = 1 } },
        { "Validation is -0.5;", _defaults with { Validation = -0.5 } },
        { "Validation is NaN;", _defaults with { Validation = double.NaN } },
        { "Patience is -1;", _defaults with { Patience = -1 } },
        { "Threads is -1;", _defaults with { Threads = -1 } },
    };

    public static TheoryData<TrainingOptions> Extreme =>
    [
        _defaults with
        {
            Model = _defaults.Model with { Layers = [1] },
            Epochs = 1,
            Batch = 1,
            Patience = 0,
            Momentum = 0,
            Validation = 0,
            Threads = 1,
        },
        _defaults with
        {
            Model = _defaults.Model with { Layers = [16_383] },
            Epochs = int.MaxValue,
            Batch = int.MaxValue,
            Patience = int.MaxValue,
        },
        _defaults with { Truncate = 1 },
        _defaults with { Truncate = int.MaxValue },
        _defaults with { Cell = "RNN", Seed = int.MinValue, Clip = double.PositiveInfinity, LearningRate = double.Epsilon },
        _defaults with { Cell = new GruOptions { GruReset = GruReset.Before }, Model = _defaults.Model with { Layers = [9459] } },
        _defaults with { Cell = new LstmOptions { Peepholes = true, GateClip = double.Epsilon, ForgetBias = -float.MaxValue },
            Model = _defaults.Model with { Layers = [8191] } },
        _defaults with { Cell = new LstmOptions { CoupledGates = true, ForgetBias = 0 }, Model = _defaults.Model with { Layers = [9459] } },
        _defaults with
        {
            Cell = new EsnOptions { LeakRate = 1, SpectralRadius = 0, ReservoirDensity = 1, InputScale = float.MaxValue },
            Ridge = double.Epsilon,
        },
        _defaults with
        {
            Cell = new EsnOptions { LeakRate = double.Epsilon, SpectralRadius = float.MaxValue, ReservoirDensity = double.Epsilon,
                InputScale = double.Epsilon },
            Ridge = double.MaxValue,
        },
        _defaults with
        {
            Cell = new OscillatorOptions { LongestMemory = float.MaxValue },
            Model = _defaults.Model with { Readout = Readout.CountsFull },
        },
        _defaults with
        {
            Cell = new OscillatorOptions { LongestMemory = 1e-300 },
            Model = _defaults.Model with { Readout = Readout.Counts, Bidirectional = true },
        },
        _defaults with
        {
            Momentum = 0.9999999999999999,
            Validation = 0.9999999999999999,
            Clip = double.Epsilon,
            LearningRate = double.MaxValue,
        },
    ];

    [Fact]
    public void The_defaults_are_in_order() => Assert.Empty(_defaults.FindProblems());

    [Theory]
    [MemberData(nameof(Extreme))]
    public void The_limits_belong_to_the_ranges(TrainingOptions options) => Assert.Empty(options.FindProblems());

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_out_of_range_is_named_with_its_value(string problem, TrainingOptions options)
    {
        Assert.StartsWith(problem, Assert.Single(options.FindProblems()), StringComparison.Ordinal);
        Assert.Contains(problem, Assert.Throws<ArgumentException>(nameof(options), () => new SequenceClassifier(options)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rnn", "last", false, 96)]
    [InlineData("esn", "counts", false, 96)]
    [InlineData("esn", "counts", true, 96)]
    [InlineData("delays", "counts", false, 336)]
    [InlineData("delays", "counts-full", true, 168)]
    [InlineData("oscillator", "last", false, 800)]
    [InlineData("oscillator", "counts", false, 800)]
    [InlineData("oscillator", "counts-halves", false, 500)]
    [InlineData("oscillator", "counts-full", false, 400)]
    [InlineData("Oscillator", "counts", true, 400)]
    [InlineData("oscillator", "counts-full", true, 200)]
    public void Layers_that_were_not_chosen_have_the_units_that_suit_cell_and_readout(
        string cell, string readout, bool bidirectional, int units)
    {
        TrainingOptions options = _defaults with
        {
            Cell = cell,
            Model = _defaults.Model with { Readout = Readout.Parse(readout), Bidirectional = bidirectional },
        };
        Assert.Equal([units], options.ResolvedLayers);
        Assert.Equal([7], (options with { Model = options.Model with { Layers = [7] } }).ResolvedLayers);
        Assert.Equal([96], (options with { Model = options.Model with { Layers = [96] } }).ResolvedLayers);
    }

    [Fact]
    public void All_that_is_wrong_is_listed_at_once()
    {
        TrainingOptions options = _defaults with { Model = _defaults.Model with { Layers = [0] }, Epochs = -5, Clip = -1, Validation = 2 };
        Assert.Equal(4, options.FindProblems().Count);
        string message = Assert.Throws<ArgumentException>(nameof(options), () => new SequenceClassifier(options)).Message;
        Assert.All(["Layers is 0", "Epochs is -5", "Clip is -1", "Validation is 2"],
            problem => Assert.Contains(problem, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cell_can_not_be_null() => Assert.Throws<ArgumentNullException>(() => _defaults with { Cell = null! });

    [Theory]
    [InlineData("rnn", "Activation", "LayerNorm")]
    [InlineData("GRU", "GruReset", "GateActivation", "CandidateActivation", "LayerNorm")]
    [InlineData("lstm", "Peepholes", "CoupledGates", "GateClip", "GateActivation", "CandidateActivation", "OutputActivation", "Projection",
        "LayerNorm", "ForgetBias")]
    [InlineData("lru")]
    [InlineData("esn", "Activation", "LeakRate", "SpectralRadius", "ReservoirDensity", "InputScale")]
    public void The_options_of_a_cell_can_be_requested(string cell, params string[] names) =>
        Assert.Equal(names, CellOptions.FromString(cell).Options.Select(option => option.Name));

    [Fact]
    public void Every_property_has_a_definition_with_the_default_that_help_names()
    {
        object[] groups = [_defaults, _defaults.Model, _defaults.Inputs, _defaults.Forecast];
        (object Group, PropertyInfo Property)[] properties =
            [.. groups.SelectMany(group => group.GetType().GetProperties().Where(p => p.CanWrite).Select(p => (group, p)))];
        Assert.Equal(properties.Select(pair => pair.Property.Name).Except(["Cell", "Model", "Inputs", "Forecast"]).Order(),
            TrainingOptions.Definitions.Select(option => option.Name).Order());
        Assert.All(TrainingOptions.Definitions, option =>
        {
            (object group, PropertyInfo property) = properties.Single(pair => pair.Property.Name == option.Name);
            Assert.Equal(property.GetValue(group) ?? (option.Name == "Layers" ? _defaults.ResolvedLayers : null),
                option.ValueOf(_defaults));
            Assert.True(option.IsDefault(_defaults), option.Name);
            Assert.False(option.Help.EndsWith('.'), option.Name);
        });
    }

    [Theory]
    [InlineData(OptimizerKind.Adam, null, 0.002)]
    [InlineData(OptimizerKind.AdamW, null, 0.002)]
    [InlineData(OptimizerKind.Sgd, null, 0.02)]
    [InlineData(OptimizerKind.Nesterov, null, 0.02)]
    [InlineData(OptimizerKind.Adam, 0.5, 0.5)]
    public void The_learning_rate_is_the_optimizers_own_unless_given(OptimizerKind optimizer, double? given, double expected) =>
        Assert.Equal(expected, (_defaults with { Optimizer = optimizer, LearningRate = given }).ResolvedLearningRate);

    [Fact]
    public void No_threads_means_one_a_processor()
    {
        Assert.Equal(Environment.ProcessorCount, _defaults.ResolvedThreads);
        Assert.Equal(3, (_defaults with { Threads = 3 }).ResolvedThreads);
    }

    [Fact]
    public void A_cell_has_one_name_however_it_is_written()
    {
        Assert.Equal("lstm", new TrainingOptions { Cell = "LSTM" }.Cell);
        Assert.Equal(new TrainingOptions { Cell = "lstm" }, new TrainingOptions { Cell = "Lstm" });
        Assert.Equal("other", new TrainingOptions { Cell = "other" }.Cell);
    }
}
