#:project ../src/Elman

// Names to nationality: the language of a surname, from its characters. The names are few and well known; with more of them,
// DataFile.Read("names.csv", new DataFileOptions { Text = "name" }) in Elman.Data reads a table.
using Elman;

(string Language, string Names)[] lists =
[
    ("Czech", "Novak Svoboda Novotny Dvorak Cerny Prochazka Kucera Vesely Horak Nemec Pokorny Marek Pospisil Hajek Jelinek Kral Ruzicka"
        + " Benes Fiala Sedlacek Dolezal Zeman Kolar Krejci Navratil Cermak Urban Vanek Blazek Kriz Kopecky Bartos Kovar Vlcek Polak Musil"
        + " Stastny Hruska Moravec Havlicek"),
    ("German", "Schmidt Schneider Fischer Weber Becker Schulz Hoffmann Schaefer Bauer Richter Klein Schroeder Neumann Schwarz Zimmermann"
        + " Braun Hofmann Hartmann Krueger Schmitz Werner Krause Lehmann Koehler Herrmann Walter Kaiser Fuchs Scholz Vogel Stein"
        + " Jaeger Winkler Schubert Lorenz Baumann Ludwig Engel Busch Bergmann"),
    ("Italian", "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Mancini Costa Giordano Rizzo"
        + " Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale"
        + " Serra Coppola Bellini Parisi Fabbri Marchetti Donati"),
    ("Japanese", "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Yamaguchi Matsumoto"
        + " Inoue Kimura Hayashi Shimizu Yamazaki Mori Abe Ikeda Hashimoto Ishikawa Ogawa Okada Hasegawa Fujita Goto Kondo Murakami Endo"
        + " Aoki Sakamoto Saito Fukuda Nishimura Fujii Okamoto"),
    ("Swedish", "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Lindberg"
        + " Lindstrom Lindqvist Lindgren Berglund Bergstrom Sandberg Forsberg Sjoberg Wallin Engstrom Eklund Danielsson Lundin Hakansson"
        + " Bengtsson Holmberg Nystrom Bjork Lundgren Hedlund Soderberg Nordstrom Ekstrom Ahlberg Sundberg Akesson Lofgren"),
];

// A name is a sequence whose steps are its letters. Every fifth is kept for the test.
SequenceDatasetBuilder train = SequenceDatasetBuilder.ForText(), test = SequenceDatasetBuilder.ForText();
foreach ((string language, string names) in lists)
{
    foreach ((int i, string name) in names.Split(' ').Index())
        (i % 5 == 4 ? test : train).Add(name, label: language);
}

using var classifier = new SequenceClassifier(TrainingOptions.Auto);
classifier.Fit(train.Build("names"));
Evaluation result = classifier.Evaluate(test.Build("other names"));
Console.WriteLine($"{result.Accuracy:P1} of {result.Cases} other names are right, log loss {result.LogLoss:F3}; trained on {train.Count}");
foreach ((int i, string language) in classifier.Classes.Index())
    Console.WriteLine($"  {language,-10}{string.Concat(result.Confusion.Row(i).Select(count => $"{count,4}"))}");


foreach (string name in new[] { "Pavarotti", "Kurosawa", "Bergman", "Smetana", "Beethoven" })
{
    var ranking = classifier.Classes.Zip(classifier.PredictProbabilities(name)).OrderByDescending(pair => pair.Second);
    Console.WriteLine($"{name,-10} {string.Join(", ", ranking.Take(2).Select(pair => $"{pair.First} {pair.Second:P0}"))}");
}
