//! Fills a base with a sample shop: writes what such a shop would export, and imports it.

use super::import::{Imported, Request, import};
use crate::base::Base;
use anyhow::{Context, Result};
use engine::demo::{Shop, write_csv, write_customers_csv, write_products_csv};
use engine::progress::Watch;
use engine::staging::FileOptions;
use model::calendar::Day;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Years of history of the sample shop.
const YEARS: u32 = 3;
/// Bytes gathered before they go to the disk.
const BUFFER_BYTES: usize = 1 << 20;

/// How large the sample shop is; the same figures give the same shop, to the byte.
pub struct Size {
    pub seed: u64,
    pub customers: u64,
    pub orders: u64,
    pub last_day: Day,
}

/// The files of a sample shop, in the order they are imported in.
pub struct ShopFiles {
    pub products: PathBuf,
    pub customers: PathBuf,
    pub orders: PathBuf,
}

/// Writes the shop's exports into a folder.
pub fn write_files(size: &Size, folder: &Path, threads: usize, watch: &dyn Watch) -> Result<ShopFiles> {
    let shop = Shop::new(size.seed, size.customers, size.orders, size.last_day, YEARS);
    let files = ShopFiles {
        products: folder.join("products.csv"),
        customers: folder.join("customers.csv"),
        orders: folder.join("orders.csv"),
    };
    let scratch = folder.join("scratch");
    std::fs::create_dir_all(&scratch).with_context(|| format!("cannot make `{}`", scratch.display()))?;
    write_products_csv(&shop, &mut writer(&files.products)?)?;
    write_customers_csv(&shop, &mut writer(&files.customers)?)?;
    write_csv(&shop, &mut writer(&files.orders)?, &scratch, threads, watch)?;
    std::fs::remove_dir_all(&scratch).with_context(|| format!("cannot remove `{}`", scratch.display()))?;
    Ok(files)
}

fn writer(path: &Path) -> Result<BufWriter<File>> {
    let file = File::create(path).with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(BufWriter::with_capacity(BUFFER_BYTES, file))
}

/// Fills a base with the sample shop.
pub fn fill(
    base: &mut Base,
    size: &Size,
    options: &FileOptions,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Imported>> {
    let (folder, _lock) = base.shop_folder(&base.lock()?)?;
    let files = write_files(size, folder.path(), threads, watch)?;
    let request = Request { options, dry_run: false, rejects: None, threads };
    let all = [files.products, files.customers, files.orders];
    all.iter().map(|file| import(base, file, &request, watch)).collect()
}
