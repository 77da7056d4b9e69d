namespace Elman.Tests.Fixtures;

public class SimpleRnnFixtureTests
{
    private static readonly int[] _sizes = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65];

    [Fact]
    public void Every_activation_comes_up_four_times() =>
        Assert.Equal(Enumerable.Repeat(4, Activation.BuiltInNames.Count),
            SimpleRnnFixture.All.CountBy(fixture => fixture.Activation).Select(pair => pair.Value));

    [Fact]
    public void Features_come_in_every_size() =>
        Assert.Equal(_sizes, SimpleRnnFixture.All.Select(fixture => fixture.Features).Distinct().Order());

    [Fact]
    public void Nodes_come_in_every_size() =>
        Assert.Equal(_sizes, SimpleRnnFixture.All.Select(fixture => fixture.Nodes).Distinct().Order());

    [Fact]
    public void No_two_fixtures_share_a_name() =>
        Assert.Distinct(SimpleRnnFixture.All.Select(fixture => fixture.Name));

    [Theory]
    [MemberData(nameof(SimpleRnnFixture.Names), MemberType = typeof(SimpleRnnFixture))]
    public void Everything_drawn_is_exact_in_float(string name)
    {
        var fixture = SimpleRnnFixture.Get(name);
        Assert.All(
            fixture.Initial.Named.SelectMany(array => array.Values).Concat(fixture.Inputs),
            number => Assert.Equal(number, (float)number));
    }

    [Fact]
    public void The_generator_gives_the_published_numbers()
    {
        ulong[] published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        var numbers = new SplitMix64(1234567);
        Assert.All(published, number => Assert.Equal(number, numbers.NextBits()));
    }
}
