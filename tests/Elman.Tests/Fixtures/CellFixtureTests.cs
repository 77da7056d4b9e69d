using Elman.Tests.Cells;

namespace Elman.Tests.Fixtures;

public class CellFixtureTests
{
    /// <summary>The cells with the options of their models.</summary>
    public static TheoryData<string, bool, bool, bool, bool> Variants => new()
    {
        { "rnn", false, false, false, false },
        { "gru", false, false, false, false },
        { "gru", true, false, false, false },
        { "lstm", false, false, false, false },
        { "lstm", false, true, false, false },
        { "lstm", false, false, true, false },
        { "lstm", false, false, false, true },
        { "lstm", false, true, false, true },
        { "lstm", false, true, true, true },
        { "esn", false, false, false, false },
        { "oscillator", false, false, false, false },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_variant_comes_in_every_size_with_ragged_and_equal_lengths(
        string cell, bool resetBefore, bool peepholes, bool coupled, bool clipped)
    {
        CellFixture[] fixtures = [.. CellFixture.All.Where(fixture =>
            fixture.Spec.Cell.Name == cell && fixture.Spec.Cell is GruOptions { GruReset: GruReset.Before } == resetBefore
                && fixture.Spec.Cell is LstmOptions { Peepholes: true } == peepholes
                && fixture.Spec.Cell is LstmOptions { CoupledGates: true } == coupled
                && fixture.Spec.Cell is LstmOptions { GateClip: < double.PositiveInfinity } == clipped)];
        Assert.Superset(new HashSet<int>([1, 2, 5, 8, 16, 17, 33]), fixtures.Select(fixture => fixture.Spec.Layers[0]).ToHashSet());
        Assert.Equal([false, true], fixtures.Select(fixture => fixture.Lengths.Distinct().Count() > 1).Distinct().Order());
    }

    [Fact]
    public void Lengths_reach_from_one_step_to_forty() =>
        Assert.Equal(
            (1, 40), (CellFixture.All.Min(fixture => fixture.Lengths.Min()), CellFixture.All.Max(fixture => fixture.Lengths.Max())));

    [Fact]
    public void Every_function_is_the_candidates_and_the_outputs_of_some_fixture()
    {
        Assert.Equal(Activation.BuiltInNames.Order(), Kinds(nameof(LstmOptions.CandidateActivation)));
        Assert.Equal(Activation.BuiltInNames.Order(), Kinds(nameof(LstmOptions.OutputActivation)));

        static IEnumerable<string> Kinds(string option) =>
            CellFixture.All.Select(fixture => fixture.Spec.Cell.Get(option)).OfType<Activation>().Select(function =>
                function.Name.Split('(')[0]).Distinct().Order();
    }

    [Fact]
    public void A_linear_recurrent_unit_comes_with_as_many_inputs_as_units_and_with_others() =>
        Assert.Equal([false, true], CellFixture.All.Where(fixture => fixture.Spec.Cell == "lru")
            .Select(fixture => fixture.Spec.InputSize == fixture.Spec.Layers[0]).Distinct().Order());

    [Fact]
    public void No_two_fixtures_share_a_name() =>
        Assert.Distinct(CellFixture.All.Select(fixture => fixture.Name));

    [Theory]
    [MemberData(nameof(CellFixture.Names), MemberType = typeof(CellFixture))]
    public void Everything_drawn_is_exact_in_float(string name)
    {
        var fixture = CellFixture.Get(name);
        Assert.All(
            fixture.Initial.Values.Concat(fixture.Sequences).SelectMany(array => array),
            number => Assert.Equal(number, (float)number));
    }
}
