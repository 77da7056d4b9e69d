#:project ../src/Elman.Data.Audio

// Spoken words from .wav files. Without an argument the words are SYNTHETIC: ten digits as sequences of vowel-like sounds by several
// artificial voices, so that the sample needs no download. With recordings of your own:
//     dotnet run samples/digits.cs -- FOLDER
// where FOLDER/train and FOLDER/test have a folder of .wav files for each word.
using Elman;
using Elman.Data.Audio;

string? own = args is [string given] ? given : null;
string folder = own ?? Synthesise();

// A file becomes frames of 25 ms, every 10 ms, with 13 mel-frequency cepstral coefficients each.
SequenceDataset train = AudioData.Read(Path.Combine(folder, "train")), test = AudioData.Read(Path.Combine(folder, "test"));
Console.WriteLine($"{train.Count} {(own is null ? "synthetic" : "recorded")} words for training, {test.Count} of other voices for the test,"
    + $" {train.ClassLabels.Count} classes, {train.Min(word => word.Steps)} to {train.Max(word => word.Steps)} frames");

using var classifier = new SequenceClassifier(new TrainingOptions { Cell = "gru", Model = new() { Layers = [32] }, Epochs = 20 });
classifier.Fit(train);
Evaluation result = classifier.Evaluate(test);
Console.WriteLine($"{result.Accuracy:P1} of {result.Cases} words of the test are right, log loss {result.LogLoss:F3}");
foreach (int i in Enumerable.Range(0, test.Count).Where(i => i % (test.Count / 4) == 0))
    Console.WriteLine($"  {test[i].Id} is heard as {classifier.Predict(test[i])}");
if (own is null)
    Directory.Delete(folder, recursive: true);

// Writes words of two or three vowels each. A vowel is a buzz of the voice's pitch through two resonances, the formants.
static string Synthesise()
{
    (string Word, string Sounds)[] words = [("zero", "ieo"), ("one", "ua"), ("two", "uu"), ("three", "ii"), ("four", "ooa"),
        ("five", "ai"), ("six", "ie"), ("seven", "eea"), ("eight", "ei"), ("nine", "aie")];
    var formants = new Dictionary<char, (double First, double Second)>
        { ['a'] = (750, 1300), ['e'] = (500, 1900), ['i'] = (300, 2300), ['o'] = (480, 900), ['u'] = (320, 700) };
    string folder = Directory.CreateTempSubdirectory("digits").FullName;
    for (int voice = 0; voice < 12; voice++)
    {
        var random = new SeededRandom(voice + 1);
        double pitch = random.NextUniform(90, 220), tract = random.NextUniform(0.9, 1.1), pace = random.NextUniform(0.8, 1.2);
        foreach ((string word, string sounds) in words)
        {
            string place = Path.Combine(folder, voice < 8 ? "train" : "test", word);
            Directory.CreateDirectory(place);
            for (int take = 0; take < 3; take++)
                WriteWave(Path.Combine(place, $"voice{voice}-{take}.wav"), Speak(sounds));
        }

        short[] Speak(string sounds)
        {
            const int Rate = 8000;
            double[,] state = new double[2, 2];
            double phase = 0;
            short[] wave = new short[(int)(Rate * 0.16 * sounds.Length * pace * random.NextUniform(0.9, 1.1))];
            for (int n = 0; n < wave.Length; n++)
            {
                double place = (double)n / wave.Length * sounds.Length;
                (double f1, double f2) = formants[sounds[(int)place]];
                phase += pitch * (1.1 - (0.2 * n / wave.Length)) / Rate;
                double sum = 0, pulse = phase >= 1 ? 1 : 0.02 * random.NextNormal();
                phase %= 1;
                for (int k = 0; k < 2; k++)
                {
                    // A resonance of 100 Hz width: y = x + 2·r·cos(2πf/rate)·y₁ − r²·y₂.
                    double r = Math.Exp(-Math.PI * 100 / Rate), angle = 2 * Math.PI * (k == 0 ? f1 : f2) * tract / Rate;
                    double y = pulse + (2 * r * Math.Cos(angle) * state[k, 0]) - (r * r * state[k, 1]);
                    (state[k, 1], state[k, 0]) = (state[k, 0], y);
                    sum += k == 0 ? y : 0.5 * y;
                }
                wave[n] = (short)Math.Clamp(2500 * sum * Math.Sin(Math.PI * n / wave.Length), short.MinValue, short.MaxValue);
            }
            return wave;
        }
    }
    return folder;
}

// One channel of 16 bits at 8000 Hz.
static void WriteWave(string path, short[] wave)
{
    using var file = new BinaryWriter(File.Create(path));
    file.Write("RIFF"u8);
    file.Write(36 + (2 * wave.Length));
    file.Write("WAVEfmt "u8);
    file.Write(16);
    file.Write((short)1);
    file.Write((short)1);
    file.Write(8000);
    file.Write(16000);
    file.Write((short)2);
    file.Write((short)16);
    file.Write("data"u8);
    file.Write(2 * wave.Length);
    foreach (short sample in wave)
        file.Write(sample);
}
