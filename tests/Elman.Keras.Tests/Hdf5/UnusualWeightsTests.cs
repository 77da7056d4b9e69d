namespace Elman.Keras.Tests.Hdf5;

/// <summary>Weights that HDF5 allows but Keras does not write are refused by name; see <c>Fixtures/keras_unusual.py</c>.</summary>
public class UnusualWeightsTests
{
    private static readonly Dictionary<string, string> _refused = new()
    {
        ["soft-link"] = "a link to a path or a file as '0' in 'layers/lstm/cell/vars/0'",
        ["soft-link-to-a-group"] = "a link to a path or a file as 'cell'",
        ["link-to-a-file"] = "a link to a path or a file as '0'",
        ["cycle"] = "'layers/lstm/cell/vars' of Layer 'lstm' (LSTM) has 0 arrays instead of 3",
        ["cycle-beside"] = "'layers/again' belongs to no layer",
        ["array-as-group"] = "'layers/lstm/cell/vars' is not a group",
        ["group-as-array"] = "'layers/lstm/cell/vars/0' is not an array",
        ["array-missing"] = "has 2 arrays instead of 3",
        ["array-left-over"] = "has 4 arrays instead of 3",
        ["array-with-another-name"] = "has 3 arrays instead of 3",
        ["layer-left-over"] = "'layers/gru' belongs to no layer",
        ["transposed"] = "'layers/lstm/cell/vars/0' of Layer 'lstm' (LSTM) is [20, 2] instead of [2, 20]",
        ["compressed"] = "a compressed array, 'layers/lstm/cell/vars/0'",
        ["chunked"] = "an array that is not stored in one piece",
        ["in-another-file"] = "an array in another file",
        ["big-endian"] = "elements of 4 bytes that are not floating-point numbers",
        ["whole-numbers"] = "elements of 4 bytes that are not floating-point numbers",
        ["bytes"] = "elements of 1 byte that are not floating-point numbers",
        ["complex"] = "elements of 8 bytes that are not floating-point numbers",
        ["not-a-number"] = "'layers/lstm/cell/vars/0' of layer 'lstm' has a weight that is not finite",
        ["infinite"] = "has a weight that is not finite",
        ["too-large"] = "has a weight that is not finite in single precision",
        ["empty"] = "instead of",
        ["without-content"] = "are outside its",
        ["huge"] = "of shape [1000000000, 1000000000] is larger than the file",
        ["huge-in-one-piece"] = "of shape [1000000000, 20] is larger than the file",
        ["links-in-a-heap"] = "a group with its links in a heap",
    };

    private static readonly string[] _read = ["half", "many-members"];

    public static TheoryData<string> Refused => [.. _refused.Keys];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Weights_that_Keras_does_not_write_are_refused_by_name(string name) =>
        Assert.Contains(_refused[name], KerasFixtures.Refused(KerasFixtures.Unusual(name)), StringComparison.Ordinal);

    [Fact]
    public void Weights_of_half_precision_in_a_model_of_single_precision_are_read()
    {
        using SequenceEstimator model = KerasFixtures.Load(KerasFixtures.Unusual("half")).Model;
        Assert.IsType<SequenceClassifier>(model);
    }

    [Fact]
    public void A_group_with_more_members_than_a_node_of_its_tree_has_room_for_is_read()
    {
        using SequenceEstimator model = KerasFixtures.Load(KerasFixtures.Unusual("many-members")).Model;
        Assert.IsType<SequenceClassifier>(model);
    }

    [Fact]
    public void Every_file_of_the_script_is_tested() => Assert.Equal(
        _refused.Keys.Concat(_read).Order(StringComparer.Ordinal),
        KerasFixtures.UnusualNames.Select(name => Path.GetFileNameWithoutExtension(name)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        byte[] weights = KerasFixtures.Entry(KerasFixtures.File("gru-after"), "model.weights.h5");
        for (int length = 0; length < weights.Length; length += Math.Max(1, length / 20))
            KerasFixtures.Refused(KerasFixtures.With(KerasFixtures.File("gru-after"), "model.weights.h5", weights[..length]));
    }
}
