//! Times k-means from given centres, and a bootstrap of its stability, on rows in numpy's format.
//!
//! `cargo run --release --example cluster_speed -- ROWS.npy CENTRES.npy [THREADS] [RUNS] [TOLERANCE]`
//! takes 32-bit rows and 64-bit centres as `bench/peers/clusters_rows.py` writes them, and prints JSON.

use model::clustering::{
    Bootstrap, Clusterable, Compared, Matrix, Partition, Settings, clusterwise_jaccard, kmeans, kmeans_from,
    sample_places,
};
use model::random::Random;

/// Draws of the bootstrap, and the rows that it is made on.
const DRAWS: usize = 100;
const BOOTSTRAP_ROWS: usize = 10_000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [rows, centres, rest @ ..] = &arguments[..] else {
        return Err("give rows and centres as .npy files".into());
    };
    let threads = rest.first().map_or(Ok(2), |text| text.parse())?;
    let runs: usize = rest.get(1).map_or(Ok(5), |text| text.parse())?;
    let tolerance: f64 = rest.get(2).map_or(Ok(0.0), |text| text.parse())?;
    let (columns, bytes) = read(rows, "<f4")?;
    let values = bytes.as_chunks().0.iter().map(|&value| f32::from_le_bytes(value)).collect();
    let rows = Matrix::new(columns, values)?;
    let (_, bytes) = read(centres, "<f8")?;
    let values: Vec<f64> = bytes.as_chunks().0.iter().map(|&value| f64::from_le_bytes(value)).collect();
    let centres: Vec<Vec<f64>> = values.chunks(columns).map(<[f64]>::to_vec).collect();
    let settings = Settings { threads, tolerance, ..Settings::default() };
    let (times, found) = timed(runs + 1, || kmeans_from(&rows, &centres, &settings))?;
    let whole = Settings { restarts: 10, swaps: 0, seed: 1, ..settings };
    let (searched, best) = timed(1, || kmeans(&rows, centres.len(), &whole))?;
    let sample = rows.subset(&sample_places(rows.rows(), BOOTSTRAP_ROWS, &mut Random::new(1)));
    let (bootstrapped, least) = timed(1, || stability(&sample, centres.len(), threads))?;
    println!(
        "{{\"times\": {:?}, \"iterations\": {}, \"inertia\": {:?}, \"search\": {:?}, \
         \"search_inertia\": {:?}, \"bootstrap\": {:?}, \"least_jaccard\": {least:.4}}}",
        &times[1..],
        found.iterations,
        found.inertia,
        searched[0],
        best.inertia,
        bootstrapped[0],
    );
    Ok(())
}

/// Runs work some times: the seconds of each, and the last result.
#[expect(clippy::disallowed_methods, reason = "the example measures time; the model does not")]
fn timed<T, E: Into<Failure>>(
    runs: usize,
    work: impl Fn() -> Result<T, E>,
) -> Result<(Vec<f64>, T), Failure> {
    let mut times = Vec::new();
    loop {
        let began = std::time::Instant::now();
        let result = work().map_err(Into::into)?;
        times.push(began.elapsed().as_secs_f64());
        if times.len() >= runs {
            return Ok((times, result));
        }
    }
}

/// The least mean Jaccard index of a cluster: one restart per draw, as scikit-learn does.
fn stability(sample: &Matrix, k: usize, threads: usize) -> Result<f64, Failure> {
    let once = Settings { restarts: 1, swaps: 0, ..Settings::default() };
    let original: Partition<Vec<f64>> = kmeans(sample, k, &Settings { restarts: 10, threads, ..once })?;
    let bootstrap = Bootstrap { draws: DRAWS, seed: 1, threads };
    let found = clusterwise_jaccard(&original.labels, k, &bootstrap, Compared::Everyone, |draw| {
        let found = kmeans(&sample.subset(&draw.places), k, &Settings { seed: draw.seed, ..once });
        found.map_or_else(|_| vec![0; sample.rows()], |found| sample.assign(&found.centres))
    });
    Ok(found.iter().map(|cluster| cluster.mean).fold(1.0, f64::min))
}

/// The columns and the bytes of a two-dimensional array of such values, row by row.
fn read(path: &str, kind: &str) -> Result<(usize, Vec<u8>), Failure> {
    let bytes = std::fs::read(path)?;
    let odd = || format!("`{path}` is no array of two dimensions of `{kind}`, row by row");
    let length = bytes.get(8..10).ok_or_else(odd)?;
    let end = 10 + usize::from(u16::from_le_bytes([length[0], length[1]]));
    let header = String::from_utf8_lossy(bytes.get(10..end).ok_or_else(odd)?).into_owned();
    let shape = header.split_once('(').and_then(|(_, rest)| rest.split_once(')')).ok_or_else(odd)?.0;
    if !header.contains(kind) || header.contains("'fortran_order': True") {
        return Err(odd().into());
    }
    let columns = shape.split(',').nth(1).and_then(|text| text.trim().parse().ok()).ok_or_else(odd)?;
    Ok((columns, bytes[end..].to_vec()))
}
