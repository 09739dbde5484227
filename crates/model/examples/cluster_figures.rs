//! Clusters of a table of answers: the least sum of squares for each number of clusters, how stable
//! they are, and what is chosen.
//!
//! `cargo run --release --example cluster_figures -- FILE.csv COLUMNS [RESTARTS] [DRAWS] [SWAPS]` takes the
//! first so many columns, of yes and no or of numbers; no cell of these may hold a comma.

use model::clustering::{
    Bootstrap, ChoiceSettings, Clusterable, Compared, Matrix, Settings, choose, clusterwise_jaccard, kmeans,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, columns, rest @ ..] = &arguments[..] else {
        return Err("give a file and the number of columns to cluster by".into());
    };
    let number = |place: usize, usual: usize| rest.get(place).map_or(Ok(usual), |text| text.parse());
    let (restarts, draws) = (number(0, 400)? as u32, number(1, 100)?);
    let rows = read(path, columns.parse()?)?;
    let threads = std::thread::available_parallelism()?.get();
    let swaps = number(2, 30)? as u32;
    let search = Settings { restarts, swaps, threads, ..Settings::default() };
    let settings = ChoiceSettings { draws, search, ..ChoiceSettings::default() };
    println!("{} rows of {} columns, {restarts} restarts, {draws} draws\n", rows.rows(), rows.columns());
    println!("| k | sizes | SSW | silhouette | CH | DB | mean ARI | Jaccard, everyone | Jaccard, drawn |");
    println!("| --: | --- | --: | --: | --: | --: | --: | --- | --- |");
    let choice = choose(&rows, &settings)?.ok_or("fewer than two rows differ")?;
    for candidate in &choice.candidates {
        let partition = kmeans(&rows, candidate.clusters, &search)?;
        let bootstrap = Bootstrap { draws, seed: 1, threads };
        let drawn =
            clusterwise_jaccard(&partition.labels, candidate.clusters, &bootstrap, Compared::Drawn, |draw| {
                let search = Settings { restarts: 1, threads: 1, seed: draw.seed, ..search };
                let found = kmeans(&rows.subset(&draw.places), candidate.clusters, &search);
                found.map_or_else(|_| Vec::new(), |found| rows.assign(&found.centres))
            });
        let marks = |list: &[model::clustering::ClusterStability]| {
            list.iter().map(|cluster| format!("{:.3}", cluster.mean)).collect::<Vec<_>>().join(" ")
        };
        println!(
            "| {} | {:?} | {:.6} | {:.6} | {:.5} | {:.6} | {:.3} | {} | {} |",
            candidate.clusters,
            partition.sizes,
            partition.inertia,
            candidate.silhouette.unwrap_or(f64::NAN),
            candidate.calinski_harabasz.unwrap_or(f64::NAN),
            candidate.davies_bouldin.unwrap_or(f64::NAN),
            candidate.mean_stability,
            marks(&candidate.by_cluster),
            marks(&drawn),
        );
    }
    println!("\nchosen: {} clusters, {:?}, {:?}", choice.clusters, choice.reason, choice.verdict);
    Ok(())
}

fn read(path: &str, columns: usize) -> Result<Matrix, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut values = Vec::new();
    for line in text.lines().skip(1) {
        let before = values.len();
        for cell in line.split(',').take(columns) {
            values.push(match cell.trim_matches('"') {
                "Yes" => 1.0,
                "No" => 0.0,
                number => number.parse::<f32>().map_err(|_| format!("`{number}` is no number"))?,
            });
        }
        if values.len() - before != columns {
            return Err(format!("a row has {} cells, not {columns}", values.len() - before).into());
        }
    }
    Ok(Matrix::new(columns, values)?)
}
